/* SPDX-License-Identifier: MIT
 *
 * counter.h - a number that only goes up
 *
 * A counter answers "how many, since the start?": requests served, bytes
 * sent, errors seen. It starts at 0 and never goes down. So a reader that
 * looks twice may subtract the two values and divide by the time between:
 * that is what rate() does in PromQL, the query language of Prometheus.
 *
 *     struct met_counter *served;
 *
 *     if (met_counter_create(&served) < 0) ...
 *     met_counter_inc(served);                  // any thread, any time
 *     printf("%g\n", met_counter_value(served));
 *     met_counter_destroy(served);              // when no thread uses it
 *
 * Threads: inc, add and value may run in any thread at any time on the same
 * counter; no update is lost. The values that one thread reads never go
 * down. The caller sees to it that create comes before all other calls, and
 * destroy after them.
 * Two counters that are read one after the other are not a snapshot: between
 * the two reads other threads may add to either.
 *
 * Progress: the contract asks for none; a mutex is right. The reference is
 * lock-free in inc and add (one tries again only when another has succeeded)
 * and wait-free in value.
 *
 * Exact: a sum of whole numbers is exact up to 2^53 (9007199254740992), as in
 * any double. Beyond that an increment may vanish, but the value never falls
 * and never wraps. A sum of fractions is rounded as doubles are; the order in
 * which threads add is free, so the last digits may differ between runs.
 *
 * Source: Prometheus, "Writing client libraries", section "Counter";
 * OpenMetrics 1.0, section "Counter". The Go client panics on a negative
 * amount and lets NaN in; here both are refused with a code.
 */
#ifndef MET_COUNTER_H
#define MET_COUNTER_H

struct met_counter;

/* Makes a counter that stands at 0 and stores it in *out.
 * Returns 0, or MET_ENOMEM; then *out is unchanged. */
int met_counter_create(struct met_counter **out);

/* Releases the counter. NULL is allowed and does nothing. */
void met_counter_destroy(struct met_counter *c);

/* Adds 1. */
void met_counter_inc(struct met_counter *c);

/* Adds v, which may be a fraction, 0, -0.0 (changes nothing) or +Inf (then
 * the value is +Inf from there on).
 * Returns 0, or MET_EINVAL when v is negative (-Inf too) or NaN; then nothing
 * changes. */
int met_counter_add(struct met_counter *c, double v);

/* Returns the sum of all that was added before this call, and perhaps of
 * some that is being added during it. */
double met_counter_value(const struct met_counter *c);

#endif

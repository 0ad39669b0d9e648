/* SPDX-License-Identifier: MIT
 *
 * tally.h - a sum that many threads add to
 *
 * A tally is the smallest thing that can lose an update. Lab 00 hands one out
 * that does, and asks for its repair; no later lab needs it.
 *
 *     static long parcel(void *ctx) { return weigh(ctx); }
 *
 *     struct met_tally *t;
 *     if (met_tally_create(&t) < 0) ...
 *     met_tally_add(t, parcel, scales);         // any thread, any time
 *     printf("%ld\n", met_tally_total(t));
 *     met_tally_destroy(t);                     // when no thread uses it
 *
 * Threads: add and total may run in any thread at any time on the same tally;
 * no amount is lost. The caller sees to it that create comes before all
 * other calls, and destroy after them.
 *
 * Progress: the reference is locked, for a few instructions; never while an
 * amount is asked for.
 */
#ifndef MET_TALLY_H
#define MET_TALLY_H

struct met_tally;

/* Says how much to add. May take any time, may wait for other threads, and
 * may itself call any function of this file on any tally but destroy. */
typedef long met_amount_fn(void *ctx);

/* Makes a tally that stands at 0 and stores it in *out.
 * Returns 0, or MET_ENOMEM; then *out is unchanged. */
int met_tally_create(struct met_tally **out);

/* Releases the tally. NULL is allowed and does nothing. */
void met_tally_destroy(struct met_tally *t);

/* Calls amount(ctx) once, in this thread, and adds what it returned, which
 * may be negative. While amount runs, other calls on the same tally are not
 * kept waiting. A total beyond the range of long is the caller's mistake. */
void met_tally_add(struct met_tally *t, met_amount_fn *amount, void *ctx);

/* Returns the sum of all that was added before this call, and perhaps of
 * some that is being added during it. */
long met_tally_total(const struct met_tally *t);

#endif

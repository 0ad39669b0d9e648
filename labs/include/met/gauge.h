/* SPDX-License-Identifier: MIT
 *
 * gauge.h - a number that goes up and down
 *
 * A gauge answers "how many, now?": memory in use, requests in progress, the
 * time of the last backup. It is read as it is. The difference of two
 * readings says little: between them it may have gone up and down again.
 *
 *     struct met_gauge *queue;
 *
 *     if (met_gauge_create(&queue) < 0) ...
 *     met_gauge_inc(queue);                     // one came
 *     met_gauge_dec(queue);                     // one left
 *     met_gauge_set(queue, 12);                 // somebody counted
 *     met_gauge_destroy(queue);                 // when no thread uses it
 *
 * Threads: every call but create and destroy may run in any thread at any
 * time on the same gauge. inc, dec, add and sub lose no update. A set beside
 * them is one step, too: it comes before or after each of them, and what is
 * read later is what these calls give one after the other, in some order. The
 * caller sees to it that create comes before all other calls, and destroy
 * after them.
 *
 * Progress: the contract asks for none; a mutex is right. In the reference set
 * and value are wait-free; inc, dec, add and sub are lock-free: one tries again
 * only when another update has succeeded.
 *
 * Values are IEEE doubles, and the arithmetic is theirs: NaN and infinities
 * are accepted and shown, and Inf - Inf is NaN. The sign of zero is not
 * promised. Whole numbers are exact up to 2^53.
 *
 * Source: Prometheus, "Writing client libraries", section "Gauge";
 * OpenMetrics 1.0, section "Gauge".
 */
#ifndef MET_GAUGE_H
#define MET_GAUGE_H

struct met_gauge;

/* Makes a gauge that stands at 0 and stores it in *out.
 * Returns 0, or MET_ENOMEM; then *out is unchanged. */
int met_gauge_create(struct met_gauge **out);

/* Releases the gauge. NULL is allowed and does nothing. */
void met_gauge_destroy(struct met_gauge *g);

/* Makes v the value, whatever it was. */
void met_gauge_set(struct met_gauge *g, double v);

/* Adds 1. */
void met_gauge_inc(struct met_gauge *g);

/* Subtracts 1. */
void met_gauge_dec(struct met_gauge *g);

/* Adds v, which may be any double. */
void met_gauge_add(struct met_gauge *g, double v);

/* Subtracts v, which may be any double. */
void met_gauge_sub(struct met_gauge *g, double v);

/* Makes the time of now the value: seconds since the start of 1970 in UTC
 * (Unix time), with their fraction, at least to the millisecond. */
void met_gauge_set_to_current_time(struct met_gauge *g);

/* Returns the value after one order of all updates that ended before this
 * call, and perhaps of some that are being made during it. */
double met_gauge_value(const struct met_gauge *g);

/* In progress: adds 1 at the beginning of a piece of work and subtracts 1 at
 * its end, on whichever way the work ends. The caller owns the struct; zeroed
 * it stands for no work, and its end does nothing. So one label at the
 * end of the function, or the attribute cleanup of gcc and clang, is enough
 * for every return:
 *
 *     struct met_in_progress work = {0};
 *
 *     if (bad(request))
 *         goto out;                         // not begun: the end does nothing
 *     met_in_progress_begin(&work, requests_in_progress);
 *     ...
 *     out:
 *     met_in_progress_end(&work);
 *
 * Threads: one struct belongs to one thread at a time; any number of them may
 * count on one gauge. */
struct met_in_progress {
    struct met_gauge *gauge; /* NULL: nothing is in progress */
};

/* Adds 1 to the gauge and remembers it in *p, which stands for no work. */
void met_in_progress_begin(struct met_in_progress *p, struct met_gauge *g);

/* Subtracts 1 from the gauge of the work that was begun; then *p stands for no
 * work. A second end does nothing. */
void met_in_progress_end(struct met_in_progress *p);

#endif

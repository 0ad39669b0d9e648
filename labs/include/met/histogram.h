/* SPDX-License-Identifier: MIT
 *
 * histogram.h - how values are spread: how many were at most this large?
 *
 * A histogram answers "how long do requests take?" better than an average
 * can. Its bounds divide the numbers into buckets; observe(v) counts v in the
 * first bucket whose bound is at least v. A last bucket, +Inf, takes what is
 * above all bounds.
 *
 *     struct met_histogram *latency;
 *     double bounds[MET_DEFAULT_BOUNDS];
 *
 *     met_bounds_default(bounds);
 *     if (met_histogram_create(bounds, MET_DEFAULT_BOUNDS, NULL, &latency) < 0)
 *         ...
 *     met_histogram_observe(latency, 0.042);    // any thread, any time
 *
 * A snapshot is cumulative: each count includes those of all lower buckets.
 * So a monitoring system may throw away buckets, and still read the others.
 *
 * Threads: observe, snapshot and the readers of bounds may run in any thread
 * at any time on the same histogram. The caller sees to it that create comes
 * before all other calls, and destroy after them. A snapshot never holds an
 * observation up for longer than a bounded number of its own steps.
 *
 * Progress: the reference is locked. An observation waits for other
 * observations, a few instructions each, and for a snapshot as long as it
 * copies the counts. Readers of bounds are wait-free.
 *
 * Special values: a value on a bound belongs to that bound. -Inf is counted in
 * the first bucket; +Inf and NaN in the last, and NaN makes the sum NaN.
 * Negative values are accepted; then the sum may fall. (The Go client does
 * the same; it also puts in its default bounds where none are given, and
 * strips a +Inf at the end. Here no bounds mean no bounds, and +Inf is
 * refused.)
 *
 * Sources: Prometheus, "Writing client libraries", section "Histogram";
 * histogramQuantile() of Prometheus 2.42, file promql/quantile.go.
 */
#ifndef MET_HISTOGRAM_H
#define MET_HISTOGRAM_H

#include <stddef.h>
#include <stdint.h>

/* ---- bounds ---- */

/* The default bounds of the official clients, for times of requests in
 * seconds: 0.005 0.01 0.025 0.05 0.1 0.25 0.5 1 2.5 5 10 */
enum { MET_DEFAULT_BOUNDS = 11 }; /* so many go into out */
void met_bounds_default(double *out);

/* Stores n bounds: start, start + width, start + 2 * width, ...
 * Returns 0, or MET_EINVAL when n is 0, width is not above 0, or a bound would
 * not be finite and above the one before; then *out is unchanged. */
int met_bounds_linear(double start, double width, size_t n, double *out);

/* Stores n bounds: start, start * factor, start * factor^2, ...
 * Returns 0, or MET_EINVAL when n is 0, start is not above 0, factor is not
 * above 1, or a bound would not be finite and above the one before; then *out
 * is unchanged. */
int met_bounds_exponential(double start, double factor, size_t n, double *out);

/* ---- histograms ---- */

struct met_histogram;

/* Makes a histogram with n bounds, which are copied, and stores it in *out.
 * n may be 0, and then bounds may be NULL: all is counted in +Inf.
 *
 * Returns 0, or MET_ENOMEM, or MET_EINVAL when the bounds are not finite and
 * strictly increasing; then *wrong is the index of the first bound that is not
 * finite or not above the one before (wrong may be NULL). After an error *out
 * is unchanged, and after MET_ENOMEM *wrong is, too. */
int met_histogram_create(const double *bounds, size_t n, size_t *wrong,
                         struct met_histogram **out);

/* Releases the histogram. NULL is allowed and does nothing. */
void met_histogram_destroy(struct met_histogram *h);

/* Counts v in its bucket and adds it to the sum. */
void met_histogram_observe(struct met_histogram *h, double v);

/* Copies the bounds, at most n of them, into bounds, which may be NULL when n
 * is 0. Returns how many bounds the histogram has. */
size_t met_histogram_bounds(const struct met_histogram *h, double *bounds,
                            size_t n);

/* Reads the histogram. cumulative has n elements: one for each bound, and one
 * for +Inf. cumulative[i] becomes the number of observations in buckets 0 to
 * i, *count that of all of them (it equals the last element), *sum their sum.
 * All three belong to one set of observations: those that ended before this
 * call, and perhaps some that are being made during it. Of one thread's
 * snapshots a later one has all observations of an earlier one.
 *
 * Returns 0, or MET_EINVAL when n is not the number of bounds plus 1; then
 * nothing is stored. */
int met_histogram_snapshot(struct met_histogram *h, uint64_t *cumulative,
                           size_t n, uint64_t *count, double *sum);

/* ---- quantiles ---- */

/* Estimates the value below which the part q of all observations lies, from
 * the n bounds of a histogram and the n + 1 numbers of its snapshot (n is the
 * number of bounds; the n of met_histogram_snapshot is one more), as
 * histogram_quantile() of PromQL does: it looks for the bucket in which
 * observation number q * count lies, and goes through it in a straight line.
 * The first bucket begins at 0; if its bound is not above 0, the bound is the
 * answer. In the bucket +Inf, the highest bound is.
 *
 * NaN when q is NaN, when there are no observations or no bounds, and for
 * q = 0 with an empty first bucket whose bound is above 0 (0/0);
 * -Inf when q < 0; +Inf when q > 1.
 *
 * Threads: any, any time; it reads only what it is given. */
double met_quantile(double q, const double *bounds, const uint64_t *cumulative,
                    size_t n);

/* ---- timers ---- */

/* A stop watch on the monotonic clock (clock_gettime(2), CLOCK_MONOTONIC),
 * which does not jump when somebody sets the time of day. The caller owns the
 * struct; it needs no end. One struct belongs to one thread at a time. */
struct met_timer {
    int64_t start_ns;
};

/* Starts the watch, or starts it again. */
void met_timer_start(struct met_timer *t);

/* Returns the seconds since the start, with their fraction. */
double met_timer_seconds(const struct met_timer *t);

/* Observes the seconds since the start, and returns them. */
double met_timer_observe(const struct met_timer *t, struct met_histogram *h);

#endif

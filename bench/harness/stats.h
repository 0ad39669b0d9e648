/* SPDX-License-Identifier: MIT
 *
 * stats.h - the median, what is known about it, and what lies far away
 *
 * Times on a busy machine are skewed: never faster than the hardware, often a
 * little slower, sometimes a lot. The mean follows the few bad trials; the
 * median does not. The intervals here assume no shape of the distribution,
 * only that trials do not depend on each other.
 */
#ifndef BENCH_STATS_H
#define BENCH_STATS_H

#include <stddef.h>

struct bench_interval {
    double low;  /* NaN, when n is too small for the asked confidence */
    double high; /* NaN, likewise */
};

/* Sorts upwards. There must be no NaN among the numbers. */
void bench_sort(double *x, size_t n);

/* The median of sorted numbers; NaN for none. */
double bench_median(const double *sorted, size_t n);

/* The interval of the median goes from the k-th smallest to the k-th largest
 * number. Returns the largest k for which it holds the true median with a
 * probability of at least 1 - alpha, or 0 if even k = 1 does not.
 *
 * Each trial is above or below the true median like a coin: the interval
 * misses it only if fewer than k coins fall on one side, so
 * 2 P(B < k) <= alpha with B binomial (n, 1/2). This is the inversion of the
 * sign test. Source: H. A. David and H. N. Nagaraja, "Order Statistics",
 * 3rd ed., section 7.1. */
size_t bench_interval_rank(size_t n, double alpha);

/* The interval of the median of sorted numbers, by the rank above. */
struct bench_interval bench_median_interval(const double *sorted, size_t n,
                                            double alpha);

/* Tukey's fences: 1.5 times the distance between the quartiles beyond each of
 * them. A number outside is labelled an outlier; it is never dropped.
 * Source: J. W. Tukey, "Exploratory Data Analysis" (1977). */
struct bench_interval bench_tukey_fences(const double *sorted, size_t n);

#endif

/* SPDX-License-Identifier: MIT
 *
 * compare.h - is this design faster than that one?
 *
 * Two designs that ran in the same round met nearly the same machine. So they
 * are compared pair by pair: the ratio of the two speeds of one round, then
 * the median of all ratios. What slows both down (a neighbour, a lower clock)
 * cancels; what remains is the difference between the designs. Ratios are
 * taken as logarithms, so that twice as fast and half as fast weigh the same.
 *
 * A design is called faster or slower only if
 *   - the interval of the ratio leaves out 1, and
 *   - the ratio is further from 1 than 2 %, and further than the A/A band:
 *     the ratio that the same design shows against itself in the same run,
 * and if both still holds for the undisturbed pairs alone, should there be
 * disturbed ones. Dropping the disturbed pairs would be choosing; trusting
 * them would be too: so all pairs and the quiet ones must agree.
 * Everything else is "not resolved". That does not say that the two are
 * equal; it says that this run cannot tell.
 *
 * A table of m comparisons has m chances to be wrong. So each interval is
 * made at 1 - 0.05 / m (Bonferroni): then the chance that any interval of the
 * table misses its true ratio is at most 5 %.
 */
#ifndef BENCH_COMPARE_H
#define BENCH_COMPARE_H

#include <stdbool.h>
#include <stddef.h>

#include "stats.h"

#define BENCH_ALPHA 0.05       /* chance of an error, for a whole table */
#define BENCH_LEAST_RATIO 1.02 /* smaller effects are never called resolved */

enum bench_verdict {
    BENCH_NOT_RESOLVED,
    BENCH_FASTER,
    BENCH_SLOWER,
    BENCH_DISTURBED, /* not resolved: the undisturbed pairs do not agree */
    BENCH_TOO_FEW,   /* not resolved: too few pairs for any interval */
    BENCH_NO_NUMBER, /* one of the two counted wrong */
};

/* One round: how long an update took in each of the two, in any unit. A NaN
 * stands for a trial that counted wrong and therefore has no number. */
struct bench_pair {
    double time, reference_time;
    bool disturbed; /* one of the two trials was */
};

/* Speed / speed of the reference; above 1 is faster. NaN without a number. */
struct bench_ratio {
    double median;
    struct bench_interval interval;
};

struct bench_comparison {
    size_t pairs, disturbed;
    struct bench_ratio all;   /* of all pairs, the disturbed ones too */
    struct bench_ratio quiet; /* of the undisturbed pairs alone */
    enum bench_verdict verdict;
};

/* Compares by n pairs, at confidence 1 - alpha (divide by the comparisons of
 * the table before). band >= 1 is the A/A band as a ratio; 1 for none. */
struct bench_comparison bench_compare(const struct bench_pair *pairs, size_t n,
                                      double alpha, double band);

/* The band of an A/A comparison: how far from 1 the interval reaches, as a
 * ratio of at least 1. Infinite when there is no interval. */
double bench_band(const struct bench_comparison *aa);

/* "faster", "slower", "not resolved", ...: the word for a table. */
const char *bench_verdict_text(enum bench_verdict verdict);

#endif

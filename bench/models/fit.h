/* SPDX-License-Identifier: MIT
 *
 * fit.h - the one number of the model that is fitted, and what is left over
 */
#ifndef BENCH_MODEL_FIT_H
#define BENCH_MODEL_FIT_H

#include "coherence.h"
#include "published.h"

/* Nanoseconds for an update, at either end of the transfer times. */
struct model_band {
    double low, high;
    struct model_counts counts[2]; /* by enum model_end */
};

/* How many updates are counted: whole rounds of all cores, at least 64. */
uint64_t model_window(const struct model_machine *m, int cores);

struct model_band model_band(const struct model_machine *m,
                             const struct model_design *d, int cores);

/* The overlap, in 1/1000, with which the middles of the bands are nearest to
 * the points with MODEL_FITTED: the least sum of squares of log-ratios. */
int model_fit_overlap(const struct model_machine *m,
                      const struct model_point *points, size_t n);

/* The middle of a band: its geometric mean, so that twice too much and half of
 * it are equally far away. */
double model_middle(const struct model_band *b);

#endif

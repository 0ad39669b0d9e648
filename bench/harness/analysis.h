/* SPDX-License-Identifier: MIT
 *
 * analysis.h - from trials to rows and verdicts
 */
#ifndef BENCH_ANALYSIS_H
#define BENCH_ANALYSIS_H

#include "compare.h"
#include "plan.h"
#include "results.h"

/* One row at one number of threads. */
struct bench_cell {
    size_t n;         /* trials */
    size_t disturbed; /* of them; kept in all figures */
    size_t outliers;  /* by Tukey's fences; kept too */
    size_t wrong;     /* trials with a wrong sum, or whose init failed: if
                       * there is any, the row has no number (NaN) */
    double ns;        /* median, nanoseconds for one update of one thread */
    struct bench_interval ns_interval;   /* 95 % */
    double rate;                         /* median, updates/s of all threads */
    struct bench_interval rate_interval; /* 95 % */
    double lost; /* median share of lost updates, where loss is allowed */
};

struct bench_analysis {
    struct bench_cell *cells;             /* [sweep * rows + row] */
    struct bench_comparison *comparisons; /* [sweep * contests + contest] */
    double band[BENCH_MAX_SWEEP];         /* A/A band of each table, >= 1 */
    size_t wrong;                         /* over all cells */
};

/* Labels the outliers in r, and computes the rest. */
struct bench_analysis *bench_analyse(const struct bench_plan *p,
                                     struct bench_results *r);
void bench_analysis_free(struct bench_analysis *a);

#endif

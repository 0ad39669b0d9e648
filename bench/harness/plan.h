/* SPDX-License-Identifier: MIT
 *
 * plan.h - all that a run will do, decided before it begins
 *
 * The leading process and those that measure make the same plan from the same
 * command line, so they need to tell each other only results.
 */
#ifndef BENCH_PLAN_H
#define BENCH_PLAN_H

#include "cpus.h"
#include "design.h"
#include "options.h"
#include "suite.h"

#define BENCH_MAX_ROWS 64
#define BENCH_MAX_SWEEP 256

struct bench_row {
    char name[64];
    const struct bench_design *design;
    int copy_of; /* the row that this one repeats (A/A), or -1 */
};

struct bench_contest {
    int row, reference;
    bool aa; /* the same design twice */
};

struct bench_plan {
    const struct bench_suite *suite;
    struct bench_options options;
    struct bench_cpus cpus;
    struct bench_row rows[BENCH_MAX_ROWS];
    int n_rows;
    struct bench_contest contests[3 * BENCH_MAX_ROWS];
    int n_contests;             /* at each number of threads: one table */
    int sweep[BENCH_MAX_SWEEP]; /* numbers of threads */
    int n_sweep;
    int processes;
    int rounds; /* over all processes, at each number of threads; in a round
                 * each row has one trial */
    uint64_t warm_ns, measure_ns; /* of a trial */
    uint64_t latency_ns;          /* of a latency trial */
};

/* Makes the plan; ends the program with a sentence when it cannot be made. */
void bench_plan_make(struct bench_plan *p, const struct bench_suite *suite,
                     const struct bench_options *o);

/* The row of that name, or -1. */
int bench_plan_row(const struct bench_plan *p, const char *name);

/* The order of the rows in that round at sweep[s]. Each whole square of the
 * Latin-square design draws its own numbering of the rows from the seed. */
void bench_plan_order(const struct bench_plan *p, int s, int round, int *order);

/* The rounds first <= round < end of that process. */
int bench_plan_first_round(const struct bench_plan *p, int process);

/* What an update is called in this suite: "update", or "read", ... */
const char *bench_plan_unit(const struct bench_plan *p);

/* Whether that row has trials at sweep[s]. */
bool bench_plan_runs(const struct bench_plan *p, int s, int row);

/* Whether both rows of that contest have. */
bool bench_plan_meets(const struct bench_plan *p, int s, int contest);

/* Whether there are more threads than CPUs at sweep[s]. */
bool bench_plan_oversubscribed(const struct bench_plan *p, int s);

#endif

/* SPDX-License-Identifier: MIT
 *
 * results.h - what the processes measured, and how it travels
 *
 * A process that measures prints a line for each thing that it found; the
 * leading process reads them into a struct bench_results. The lines are
 *
 *     begin ROW THREADS                    about to run this; not stored
 *     trial SWEEP ROUND POSITION ROW UPDATES WINDOW EXPECTED SUM STOLEN STEAL
 *           FAILED
 *     memory SWEEP ROW SERIES BYTES LINES  what the design held
 *     latency SWEEP ROW VALUE COUNT        a bucket of the recorder
 *     heat SWEEP ROW SLICE BIN COUNT       of the first process (heat.h)
 *     floor VALUE COUNT                    likewise, of the clock alone
 *     warmth MS STEADY
 */
#ifndef BENCH_RESULTS_H
#define BENCH_RESULTS_H

#include <stddef.h>

#include "plan.h"
#include "prepare.h"
#include "recorder.h"
#include "trial.h"

#define BENCH_MAX_PROCESSES 64

struct bench_record {
    int process, sweep, round, position, row; /* sweep, row: as in the plan */
    struct bench_trial trial;
    double ns_per_update; /* NaN: no number */
    bool disturbed, outlier;
};

struct bench_results {
    struct bench_record *records;
    size_t n_records, room;
    struct bench_recorder **latency; /* [sweep * rows + row]; NULL for none */
    struct bench_heat **heat;        /* likewise */
    struct bench_memory *memory;     /* likewise; the most of all trials */
    struct bench_recorder *floor;
    struct bench_warmth warmth[BENCH_MAX_PROCESSES];
    int env_bytes[BENCH_MAX_PROCESSES]; /* padding of the environment */
    uint64_t batch;
};

struct bench_results *bench_results_new(const struct bench_plan *p);
void bench_results_free(const struct bench_plan *p, struct bench_results *r);

/* Takes in one line of a process. Returns 0, or -1 when it is none of the
 * lines above. */
int bench_results_line(const struct bench_plan *p, struct bench_results *r,
                       int process, const char *line);

/* The other direction: writes the buckets of a recorder, each behind that
 * prefix. */
void bench_results_print_buckets(const char *prefix,
                                 const struct bench_recorder *r);

/* Writes a trial line, and a memory line if there is something to say. */
void bench_results_print_trial(const struct bench_record *r);

#endif

/* SPDX-License-Identifier: MIT
 *
 * trial.h - one design, so many threads, some milliseconds
 *
 * A trial makes the design's state, starts the threads, each pinned to a CPU
 * (thread i to the i-th allowed one, round and round), and leads them through
 * three phases:
 *
 *     warm     everybody updates; nothing is measured
 *     measure  each thread stamps its own begin, updates, stamps its own end
 *     stop     the threads end; the sum is compared with what was added
 *
 * Threads look for the next phase after each batch, so all of them are at
 * full speed when measuring begins. The window goes from the first begin to
 * the last end.
 */
#ifndef BENCH_TRIAL_H
#define BENCH_TRIAL_H

#include <stdbool.h>
#include <stdint.h>

#include "cpus.h"
#include "design.h"
#include "heat.h"
#include "recorder.h"

struct bench_trial_plan {
    const struct bench_design *design;
    int threads;
    uint64_t batch; /* updates between two looks at the phase */
    uint64_t warm_ns, measure_ns;
    struct bench_recorder *latency; /* NULL: throughput, nothing is sampled */
    struct bench_heat *heat;        /* with latency: also when; or NULL */
};

struct bench_trial {
    uint64_t updates;   /* inside the window */
    uint64_t window_ns; /* first begin to last end */
    uint64_t expected;  /* updates from the first to the last, warm-up too */
    uint64_t sum;       /* what the design counted */
    uint64_t stolen_ns; /* on the CPU where others ran longest; see waits.h */
    uint64_t steal_ticks;
    struct bench_memory memory; /* 0 if the design does not say */
    bool failed;                /* init failed; everything else is 0 */
};

/* A trial is disturbed when others had one of its CPUs for more than 2 % of
 * the window (the smallest effect that is ever called resolved), or the host
 * admits to steal time. */
#define BENCH_DISTURBED_SHARE 0.02

void bench_trial_run(const struct bench_trial_plan *plan,
                     const struct bench_cpus *cpus, struct bench_trial *out);

bool bench_trial_disturbed(const struct bench_trial *t);

/* Whether the design counted as it promises: exactly, or, where it may lose
 * updates, at least no more than there were. */
bool bench_trial_sum_ok(const struct bench_trial *t, enum bench_sum kind);

/* Nanoseconds for one update of one thread: threads x window / updates. NaN
 * (no number) when the sum is wrong, init failed or nothing was updated. */
double bench_trial_ns_per_update(const struct bench_trial *t, int threads,
                                 enum bench_sum kind);

/* The share of the updates that got lost, 0..1. */
double bench_trial_lost(const struct bench_trial *t);

#endif

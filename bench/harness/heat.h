/* SPDX-License-Identifier: MIT
 *
 * heat.h - counts times by when they were taken and how long they were
 *
 * A percentile says how many updates were slow, not when. Here a latency trial
 * is cut into slices of the same length, and each slice counts its updates in
 * the bins of latency.csv (bench_bin_low).
 *
 * Threads: a heat belongs to one thread; merge them at the end.
 */
#ifndef BENCH_HEAT_H
#define BENCH_HEAT_H

#include <stdint.h>
#include <stdio.h>

enum {
    BENCH_HEAT_SLICES = 100,
    BENCH_HEAT_BINS = 4 * 40, /* up to 2^40 ns, 18 minutes */
};

struct bench_heat {
    uint64_t slice_ns;
    uint64_t count[BENCH_HEAT_SLICES][BENCH_HEAT_BINS];
};

/* An empty one for a trial of that length, to be freed with free(). */
struct bench_heat *bench_heat_new(uint64_t trial_ns);

/* An update that ended so long after the trial's begin, and took ns. What ends
 * after the last slice counts in it. */
void bench_heat_add(struct bench_heat *h, uint64_t at_ns, uint64_t ns);

void bench_heat_merge(struct bench_heat *h, const struct bench_heat *from);

/* A line "PREFIX SLICE BIN COUNT" for each bin that is not empty. */
void bench_heat_print(const char *prefix, const struct bench_heat *h);

#endif

/* SPDX-License-Identifier: MIT
 *
 * prepare.h - before the first trial: batch count and a warm machine
 */
#ifndef BENCH_PREPARE_H
#define BENCH_PREPARE_H

#include <stdbool.h>
#include <stdint.h>

#include "cpus.h"
#include "design.h"

/* How many updates make a batch, for all designs of the run: the smallest
 * power of two, from BENCH_SAMPLE_EVERY on, with which the call of a batch
 * costs at most 1 % of a batch of the empty loop `floor`. */
uint64_t bench_calibrate(const struct bench_design *floor);

struct bench_warmth {
    double ms;   /* how long it took */
    bool steady; /* false: given up after a second */
};

/* Runs the empty loop on all CPUs until two windows of 20 ms in a row differ
 * by less than 2 %, for a second at most: clocks speed up under load. */
struct bench_warmth bench_warm_up(const struct bench_design *floor,
                                  const struct bench_cpus *cpus,
                                  uint64_t batch);

#endif

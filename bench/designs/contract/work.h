/* SPDX-License-Identifier: MIT
 *
 * work.h - what all rows of the suite peers work on
 *
 * The programs in bench/peers/update do the same, each in its language:
 *
 *     inc      adds 1 to a counter without labels
 *     observe  puts the next of 1024 values into a histogram with the eleven
 *              default bounds
 *     hit      looks up the next of 1000 children of a family with two labels,
 *              and adds 1 to it
 *     cached   adds 1 to one of these children, which was kept
 *
 * The values lie between 1/256 and 16, as many in each octave. They are
 * multiples of 2^-18: sums are exact in any order. A thread takes the children
 * in steps of 389, so that neighbours in time are none in memory. Thread i
 * begins i times 7919 further on.
 */
#ifndef BENCH_WORK_H
#define BENCH_WORK_H

#include "counted.h"
#include "design.h"
#include "rng.h"

enum {
    WORK_VALUES = 1024,
    WORK_KEYS = 1000,
    WORK_STEP = 389,
    WORK_APART = 7919,
    WORK_KEPT = 7 /* the child of `cached` */
};

static inline void work_values(double *value)
{
    struct bench_rng rng = {42};

    for (int i = 0; i < WORK_VALUES; i++) {
        uint64_t x = bench_rng_next(&rng);
        value[i] = (double)((1024 + (x & 1023)) << ((x >> 10) % 12)) * 0x1p-18;
    }
}

#endif

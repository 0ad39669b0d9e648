/* SPDX-License-Identifier: MIT
 *
 * search.h - which bucket, among 8 to 256?
 *
 * What the designs of the suite search share. An update takes the next value,
 * finds its bucket and counts it in numbers that only its own thread writes:
 * the rows of one number of buckets and one input differ in the search alone.
 *
 * A design gives, between this file and loop.h,
 *     prepare(state)         after bounds and values are made
 *     find(state, value)     the number of the bucket; static inline
 * and includes walk.h.
 */
#ifndef BENCH_SEARCH_H
#define BENCH_SEARCH_H

#include <stdatomic.h>

#include "values.h"

struct walk {
    _Alignas(BENCH_LINE) uint64_t n; /* values that this thread has counted */
    _Atomic uint64_t count[MOST_BUCKETS];
};

/* The index of bits.c: a candidate for each step of the leading bits. */
enum { STEPS_BITS = 4, STEPS = (16 << STEPS_BITS) + 2 };

struct state {
    struct values values;
    size_t candidate[STEPS];
    struct walk walk[]; /* one a thread */
};

#endif

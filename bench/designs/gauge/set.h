/* SPDX-License-Identifier: MIT
 *
 * set.h - what the designs that set a gauge share: which value comes next, and
 * whether the last one stayed
 *
 * A set leaves no trace that could be added up. So no value is set twice: the
 * thread's number stands above, how often it has set below. In the end the
 * gauge must hold the last value of one of the threads; then all sets count.
 * A torn or an invented value is none of these.
 *
 * Each thread keeps its number of sets on lines of its own. That belongs to
 * the time of a set here; the row `set-own` says how much it is.
 */
#ifndef BENCH_SET_H
#define BENCH_SET_H

#include "design.h"

struct turn {
    _Alignas(BENCH_LINE) uint64_t sets; /* only its own thread's */
};

static inline double set_value(const struct turn *turn, int thread)
{
    /* Below 2^53: at most 2^12 threads and 2^40 sets. */
    return (double)((uint64_t)thread << 40 | turn[thread].sets);
}

static inline double set_next(struct turn *turn, int thread)
{
    turn[thread].sets++;
    return set_value(turn, thread);
}

/* All sets, if one of the threads set this value last. */
static inline uint64_t set_counted(const struct turn *turn, int threads,
                                   double value)
{
    uint64_t sets = 0;
    int found = 0;

    for (int i = 0; i < threads; i++) {
        sets += turn[i].sets;
        found |= value == set_value(turn, i);
    }
    return found ? sets : UINT64_MAX;
}

#endif

/* SPDX-License-Identifier: MIT
 *
 * observe.h - what the designs of the suite histogram share
 *
 * An update takes the next value, finds its bucket among 16 by halving, counts
 * it there and adds it to the sum. So the rows differ in how count and sum are
 * kept: that is what the threads share. `uniform` spreads the threads over the
 * buckets, `constant` leads them all to one.
 */
#ifndef BENCH_OBSERVE_H
#define BENCH_OBSERVE_H

#include "values.h"

enum { BUCKETS = 16 };

/* How many values a thread has observed, on lines of its own. */
struct turn {
    _Alignas(BENCH_LINE) uint64_t n;
};

/* ---- the rows ---- */

/* Behind loop.h, and behind prepare(state), which returns 0 or negative:
 * OBSERVE_ROWS("mutex", rank, "how", more fields). A row is compared with the
 * mutex at the same input. */
#define OBSERVE_INIT(input)                              \
    static int init_##input(void *state)                 \
    {                                                    \
        struct state *s = state;                         \
        values_make(&s->values, BUCKETS, INPUT_##input); \
        return prepare(s);                               \
    }

#define OBSERVE_ROW(kind, rank_, what_, input, next_, ...)            \
    {                                                                 \
        BENCH_LOOP, .name = kind "-" #input, .what = what_,           \
                    .rank = 5000 * (INPUT_##input > 0) + (rank_),     \
                    .against = "mutex-" #input, .init = init_##input, \
                    .next = next_, __VA_ARGS__                        \
    }

#define OBSERVE_ROWS(kind, rank, what, ...)                         \
    OBSERVE_INIT(uniform)                                           \
    OBSERVE_INIT(constant)                                          \
    static const struct bench_design more =                         \
        OBSERVE_ROW(kind, rank, what, constant, NULL, __VA_ARGS__); \
    const struct bench_design bench_design =                        \
        OBSERVE_ROW(kind, rank, what, uniform, &more, __VA_ARGS__)

#endif

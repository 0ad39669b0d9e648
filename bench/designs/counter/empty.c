/* SPDX-License-Identifier: MIT
 *
 * empty.c - the loop with no update in it
 *
 * What is left is the cost of the loop. No row can be faster than this one,
 * and a row that is nearly as fast says little about its update.
 */
#include "design.h"

struct state {
    char unused;
};

static inline void update(struct state *s, int thread)
{
    (void)s;
    (void)thread;
}

static uint64_t sum(struct state *s, int threads)
{
    (void)s;
    (void)threads;
    return 0;
}

#include "loop.h"

BENCH_DESIGN(.name = "empty", .what = "the loop alone", .rank = 0,
             .sum_kind = BENCH_NO_SUM);

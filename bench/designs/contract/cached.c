/* SPDX-License-Identifier: MIT
 *
 * cached.c - counting through a child that the caller kept
 *
 * No look-up at all. What grows with the number of children is the memory that
 * they take, and no longer fits into a cache.
 */
#include "series.h"

static inline void update(struct state *s, int thread)
{
    size_t i = series_step(s, thread);

    met_counter_inc(met_child_counter(s->series->child[i]));
}

static uint64_t sum(struct state *s, int threads)
{
    (void)threads;
    return series_counted(s);
}

#include "loop.h"

SERIES_ROWS("cached", 10, "a child that was kept", BENCH_ROW "hit-1");

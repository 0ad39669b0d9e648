/* SPDX-License-Identifier: MIT
 *
 * hit.c - looking a child up that is there, counting, releasing it
 */
#include "series.h"

static inline void update(struct state *s, int thread)
{
    size_t i = series_step(s, thread);
    struct met_child *c;

    if (series_child(s->series->family, s->series->name[i], &c) < 0)
        return; /* then the sum is wrong */
    met_counter_inc(met_child_counter(c));
    met_child_release(c);
}

static uint64_t sum(struct state *s, int threads)
{
    (void)threads;
    return series_counted(s);
}

#include "loop.h"

SERIES_ROWS("hit", 20, "look-up of a child that is there", BENCH_RIVAL);

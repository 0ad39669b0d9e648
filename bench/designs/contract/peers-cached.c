/* SPDX-License-Identifier: MIT
 *
 * peers-cached.c - counting through a child that the caller kept, as
 * registry.h shows it
 */
#include "work-children.h"

static inline void update(struct state *s, int thread)
{
    (void)thread;
    met_counter_inc(met_child_counter(s->family->child[WORK_KEPT]));
}

#include "loop.h"

BENCH_DESIGN(.name = "cached-" BENCH_IMPL,
             .what = "met_counter_inc through a child that was kept",
             .rank = 4000 + BENCH_RANK, .against = "",
             .bytes_per_thread = sizeof(struct walk), .init = work_init,
             .enter = work_enter);

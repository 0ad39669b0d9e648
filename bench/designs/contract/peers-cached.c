/* SPDX-License-Identifier: MIT
 *
 * peers-cached.c - counting in a child that the caller kept
 *
 * Kept is its counter, which registry.h lets live as long as the child is held.
 * The other clients keep the same: what their look-up returns is the counter.
 */
#include "work-children.h"

static inline void update(struct state *s, int thread)
{
    (void)thread;
    met_counter_inc(s->kept);
}

#include "loop.h"

BENCH_DESIGN(.name = "cached-" BENCH_IMPL,
             .what = "met_counter_inc of a child that was kept",
             .rank = 4000 + BENCH_RANK, .against = "",
             .bytes_per_thread = sizeof(struct walk), .init = work_init,
             .enter = work_enter);

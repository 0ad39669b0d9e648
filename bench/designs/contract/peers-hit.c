/* SPDX-License-Identifier: MIT
 *
 * peers-hit.c - looking up one of 1000 children, counting, releasing it
 */
#include "work-children.h"

static inline void update(struct state *s, int thread)
{
    struct met_child *c;

    if (work_child(s->family, work_next(s, thread), &c) < 0)
        return; /* then the sum is wrong */
    met_counter_inc(met_child_counter(c));
    met_child_release(c);
}

#include "loop.h"

BENCH_DESIGN(.name = "hit-" BENCH_IMPL,
             .what = "look-up of one of 1000 children, met_counter_inc",
             .rank = 3000 + BENCH_RANK, .against = "",
             .bytes_per_thread = sizeof(struct walk), .init = work_init,
             .enter = work_enter);

/* SPDX-License-Identifier: MIT
 *
 * gauge-set.c - met_gauge_set() of any implementation of gauge.h, called as its
 * users call it
 *
 * BENCH_ROW comes before the name of the row, BENCH_RANK is its rank.
 */
#include <met/gauge.h>

#include "gauge/set.h"

struct state {
    struct met_gauge *gauge;
    struct turn turn[]; /* one a thread */
};

static int init(void *state)
{
    struct state *s = state;

    return met_gauge_create(&s->gauge);
}

static void fini(void *state)
{
    struct state *s = state;

    met_gauge_destroy(s->gauge);
}

static inline void update(struct state *s, int thread)
{
    met_gauge_set(s->gauge, set_next(s->turn, thread));
}

static uint64_t sum(struct state *s, int threads)
{
    return set_counted(s->turn, threads, met_gauge_value(s->gauge));
}

#include "loop.h"

BENCH_DESIGN(.name = BENCH_ROW "set", .what = "met_gauge_set of this folder",
             .rank = BENCH_RANK, .against = "set-mutex", .init = init,
             .fini = fini, .bytes_per_thread = sizeof(struct turn));

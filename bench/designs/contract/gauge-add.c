/* SPDX-License-Identifier: MIT
 *
 * gauge-add.c - met_gauge_add() of any implementation of gauge.h, called as its
 * users call it
 *
 * BENCH_ROW comes before the name of the row, BENCH_RANK is its rank.
 */
#include <met/gauge.h>

#include "counted.h"
#include "design.h"

struct state {
    struct met_gauge *gauge;
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
    (void)thread;
    met_gauge_add(s->gauge, 1);
}

static uint64_t sum(struct state *s, int threads)
{
    (void)threads;
    return bench_counted(met_gauge_value(s->gauge));
}

#include "loop.h"

BENCH_DESIGN(.name = BENCH_ROW "add", .what = "met_gauge_add of this folder",
             .rank = BENCH_RANK, .against = "add-mutex", .init = init,
             .fini = fini);

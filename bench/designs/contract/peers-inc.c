/* SPDX-License-Identifier: MIT
 *
 * peers-inc.c - met_counter_inc() on one counter that all threads share
 */
#include <met/counter.h>

#include "work.h"

struct state {
    struct met_counter *counter;
};

static int init(void *state)
{
    struct state *s = state;

    return met_counter_create(&s->counter);
}

static void fini(void *state)
{
    struct state *s = state;

    met_counter_destroy(s->counter);
}

static inline void update(struct state *s, int thread)
{
    (void)thread;
    met_counter_inc(s->counter);
}

static uint64_t sum(struct state *s, int threads)
{
    (void)threads;
    return work_counted(met_counter_value(s->counter));
}

#include "loop.h"

BENCH_DESIGN(.name = "inc-" BENCH_IMPL, .what = "met_counter_inc",
             .rank = 1000 + BENCH_RANK, .against = "", .init = init,
             .fini = fini);

/* SPDX-License-Identifier: MIT
 *
 * counter.c - any implementation of counter.h, called as its users call it
 *
 * Linked with the counter.c of a folder, compiled apart from this file: each
 * update is a call of met_counter_inc(), which the compiler cannot look into.
 * BENCH_IMPL is the name of the row.
 */
#include <met/counter.h>

#include "design.h"

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
    double value = met_counter_value(s->counter);

    (void)threads;
    /* A broken counter may answer anything; only 0..2^53 is a count. */
    return value >= 0 && value <= 0x1p53 ? (uint64_t)value : UINT64_MAX;
}

#include "loop.h"

BENCH_DESIGN(.name = BENCH_IMPL, .what = "met_counter_inc of this folder",
             .rank = 200, .init = init, .fini = fini);

/* SPDX-License-Identifier: MIT
 *
 * one-counter.h - one counter of any implementation of counter.h, which all
 * threads share, called as its users call it
 *
 * Linked with the counter.c of a folder, compiled apart: each update is a call
 * of met_counter_inc(), which the compiler cannot look into, unless -flto lets
 * it. Who includes this adds BENCH_DESIGN(ONE_COUNTER, .name = ...).
 */
#ifndef BENCH_ONE_COUNTER_H
#define BENCH_ONE_COUNTER_H

#include <met/counter.h>

#include "counted.h"
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
    (void)threads;
    return bench_counted(met_counter_value(s->counter));
}

#include "loop.h"

#define ONE_COUNTER .init = init, .fini = fini

#endif

/* SPDX-License-Identifier: MIT
 *
 * memory-counter.c - 1000 counters of any implementation of counter.h
 *
 * BENCH_ROW comes before the name of the row, BENCH_RANK is its rank.
 */
#include <met/counter.h>

#include "memory/thousand.h"

struct state {
    struct met_counter *counter[THOUSAND];
    struct walk walk[]; /* one a thread */
};

static int init(void *state)
{
    struct state *s = state;
    int err = 0;

    count_begin();
    for (size_t i = 0; i < THOUSAND && err == 0; i++)
        err = met_counter_create(&s->counter[i]);
    return err;
}

static void fini(void *state)
{
    struct state *s = state;

    for (size_t i = 0; i < THOUSAND; i++)
        met_counter_destroy(s->counter[i]);
}

static void enter(void *state, int thread)
{
    struct state *s = state;

    walk_begin(s->walk, thread);
}

static struct bench_memory memory(void *state)
{
    (void)state;
    return count_held(THOUSAND);
}

static inline void update(struct state *s, int thread)
{
    met_counter_inc(s->counter[walk_step(s->walk, thread)]);
}

static uint64_t sum(struct state *s, int threads)
{
    double total = 0;

    (void)threads;
    for (size_t i = 0; i < THOUSAND; i++)
        total += met_counter_value(s->counter[i]);
    /* A broken counter may answer anything; only 0..2^53 is a count. */
    return total >= 0 && total <= 0x1p53 ? (uint64_t)total : UINT64_MAX;
}

#include "loop.h"

BENCH_DESIGN(.name = BENCH_ROW "counter",
             .what = "met_counter_create of this folder", .rank = BENCH_RANK,
             .init = init, .fini = fini, .enter = enter, .memory = memory,
             .bytes_per_thread = sizeof(struct walk));

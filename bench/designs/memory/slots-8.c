/* SPDX-License-Identifier: MIT
 *
 * slots-8.c - eight slots for each counter, on a line; a thread uses one of them
 *
 * As much memory for any number of threads. Two threads seldom share a slot,
 * but all of them share the line.
 */
#include <stdatomic.h>

#include "memory/thousand.h"

enum { SLOTS = 8 };

struct counter {
    _Atomic uint64_t slot[SLOTS];
};

struct state {
    struct counter *counter;
    struct walk walk[]; /* one a thread */
};

static int init(void *state)
{
    struct state *s = state;

    count_begin();
    s->counter = lines_of(THOUSAND * sizeof *s->counter);
    return s->counter != NULL ? 0 : -1;
}

static void fini(void *state)
{
    struct state *s = state;

    free(s->counter);
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
    struct counter *c = &s->counter[walk_step(s->walk, thread)];

    /* Relaxed: the number alone is shared, it announces no other data. */
    atomic_fetch_add_explicit(&c->slot[thread % SLOTS], 1,
                              memory_order_relaxed);
}

static uint64_t sum(struct state *s, int threads)
{
    uint64_t total = 0;

    (void)threads;
    for (size_t i = 0; i < THOUSAND; i++)
        for (size_t k = 0; k < SLOTS; k++)
            total += atomic_load(&s->counter[i].slot[k]);
    return total;
}

#include "loop.h"

BENCH_DESIGN(.name = "slots-8", .what = "8 slots each, on one line", .rank = 40,
             .init = init, .fini = fini, .enter = enter, .memory = memory,
             .bytes_per_thread = sizeof(struct walk));

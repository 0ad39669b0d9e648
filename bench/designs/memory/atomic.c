/* SPDX-License-Identifier: MIT
 *
 * atomic.c - one atomic number for each counter, side by side
 *
 * The least that a counter can take. Eight counters share a line.
 */
#include <stdatomic.h>

#include "memory/thousand.h"

struct state {
    _Atomic uint64_t *counter;
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
    /* Relaxed: the number alone is shared, it announces no other data. */
    atomic_fetch_add_explicit(&s->counter[walk_step(s->walk, thread)], 1,
                              memory_order_relaxed);
}

static uint64_t sum(struct state *s, int threads)
{
    uint64_t total = 0;

    (void)threads;
    for (size_t i = 0; i < THOUSAND; i++)
        total += atomic_load(&s->counter[i]);
    return total;
}

#include "loop.h"

BENCH_DESIGN(.name = "atomic", .what = "one shared atomic each, packed",
             .rank = 20, .init = init, .fini = fini, .enter = enter,
             .memory = memory, .bytes_per_thread = sizeof(struct walk));

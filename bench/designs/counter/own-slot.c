/* SPDX-License-Identifier: MIT
 *
 * own-slot.c - a number that only its own thread writes, at a known place
 *
 * A load, an addition and a store: what is left of counting when nobody else
 * writes, and when the way to the number costs nothing. It is the floor that
 * sharded counters are compared with.
 */
#include <stdatomic.h>

#include "design.h"

struct slot {
    _Alignas(BENCH_LINE) _Atomic uint64_t value;
};

struct state {
    _Alignas(BENCH_LINE) char before[BENCH_LINE]; /* slot[] cannot be alone */
    struct slot slot[];                           /* one a thread */
};

static inline void update(struct state *s, int thread)
{
    _Atomic uint64_t *mine = &s->slot[thread].value;

    /* Relaxed, load and store: no other thread writes here, and the number
     * announces no other data. */
    atomic_store_explicit(mine,
                          atomic_load_explicit(mine, memory_order_relaxed) + 1,
                          memory_order_relaxed);
}

static uint64_t sum(struct state *s, int threads)
{
    uint64_t total = 0;

    for (int i = 0; i < threads; i++)
        total += atomic_load(&s->slot[i].value);
    return total;
}

#include "loop.h"

BENCH_DESIGN(.name = "own-slot", .what = "own slot, load and store", .rank = 95,
             .bytes_per_thread = sizeof(struct slot));

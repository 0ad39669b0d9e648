/* SPDX-License-Identifier: MIT
 *
 * slots-packed.c - a number for each thread, side by side
 *
 * No two threads share a number, but eight numbers share a cache line of 64
 * bytes, and the line moves between the cores as if they did: false sharing.
 */
#include <stdatomic.h>

#include "design.h"

struct slot {
    _Atomic uint64_t value;
};

struct state {
    _Alignas(BENCH_LINE) char before[BENCH_LINE]; /* slot[] cannot be alone */
    struct slot slot[];                           /* one a thread */
};

static inline void update(struct state *s, int thread)
{
    /* Relaxed: the number alone is shared, it announces no other data. It is
     * a fetch_add because a real program has more threads than slots. */
    atomic_fetch_add_explicit(&s->slot[thread].value, 1, memory_order_relaxed);
}

static uint64_t sum(struct state *s, int threads)
{
    uint64_t total = 0;

    for (int i = 0; i < threads; i++)
        total += atomic_load(&s->slot[i].value);
    return total;
}

#include "loop.h"

BENCH_DESIGN(.name = "slots-packed", .what = "fetch_add on own slot, packed",
             .rank = 80, .bytes_per_thread = sizeof(struct slot));

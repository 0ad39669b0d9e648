/* SPDX-License-Identifier: MIT
 *
 * add-own.c - add: each thread a double of its own, which it alone writes
 *
 * A reader adds the parts up. That works for a gauge that is only added to; a
 * set would have to set all parts at one moment.
 */
#include <stdatomic.h>

#include "design.h"

struct slot {
    _Alignas(BENCH_LINE) _Atomic double value;
};

struct state {
    _Alignas(BENCH_LINE) char before[BENCH_LINE]; /* slot[] cannot be alone */
    struct slot slot[];                           /* one a thread */
};

static inline void update(struct state *s, int thread)
{
    _Atomic double *mine = &s->slot[thread].value;
    /* Relaxed, load and store: no other thread writes here, and the number
     * announces no other data. */
    double old = atomic_load_explicit(mine, memory_order_relaxed);

    atomic_store_explicit(mine, old + 1, memory_order_relaxed);
}

static uint64_t sum(struct state *s, int threads)
{
    double total = 0;

    for (int i = 0; i < threads; i++)
        total += atomic_load(&s->slot[i].value);
    return (uint64_t)total;
}

#include "loop.h"

BENCH_DESIGN(.name = "add-own", .what = "add to own slot, one writer, no lock",
             .rank = 90, .against = "add-mutex",
             .bytes_per_thread = sizeof(struct slot));

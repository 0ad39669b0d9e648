/* SPDX-License-Identifier: MIT
 *
 * add-cas-relaxed.c - add: compare-and-swap on a double, relaxed
 *
 * On x86 the same machine instruction as the sequentially consistent one; on
 * other machines it may be cheaper.
 */
#include <stdatomic.h>

#include "design.h"

struct state {
    _Alignas(BENCH_LINE) _Atomic double value;
};

static inline void update(struct state *s, int thread)
{
    /* Relaxed, also below: the number alone is shared, it announces no other
     * data. The load is a first guess; a failed swap brings a newer one. */
    double old = atomic_load_explicit(&s->value, memory_order_relaxed);

    (void)thread;
    while (!atomic_compare_exchange_weak_explicit(
        &s->value, &old, old + 1, memory_order_relaxed, memory_order_relaxed))
        ;
}

static uint64_t sum(struct state *s, int threads)
{
    (void)threads;
    return (uint64_t)atomic_load(&s->value);
}

#include "loop.h"

BENCH_DESIGN(.name = "add-cas-relaxed", .what = "compare-and-swap, relaxed",
             .rank = 70, .against = "add-mutex");

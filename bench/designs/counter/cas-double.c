/* SPDX-License-Identifier: MIT
 *
 * cas-double.c - compare-and-swap on a double, until nobody was in between
 *
 * No processor in common use adds to a double atomically, so this is the way
 * for a counter that takes fractions. Whole numbers are exact to 2^53.
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

BENCH_DESIGN(.name = "cas-double", .what = "compare-and-swap on a double",
             .rank = 70);

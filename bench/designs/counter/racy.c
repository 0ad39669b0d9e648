/* SPDX-License-Identifier: MIT
 *
 * racy.c - load, add, store: three steps that others may step between
 *
 * This is what the machine does for a plain `value++`. The plain form is a
 * data race, which C leaves undefined; relaxed atomics make the same machine
 * instructions with a defined meaning: every step is whole, the three
 * together are not, and updates are lost. The row reports how many.
 */
#include <stdatomic.h>

#include "design.h"

struct state {
    _Alignas(BENCH_LINE) _Atomic uint64_t value;
};

static inline void update(struct state *s, int thread)
{
    /* Relaxed: the number alone is shared, it announces no other data. */
    uint64_t old = atomic_load_explicit(&s->value, memory_order_relaxed);

    (void)thread;
    atomic_store_explicit(&s->value, old + 1, memory_order_relaxed);
}

static uint64_t sum(struct state *s, int threads)
{
    (void)threads;
    return atomic_load(&s->value);
}

#include "loop.h"

BENCH_DESIGN(.name = "racy", .what = "load, add, store; loses updates",
             .rank = 10, .sum_kind = BENCH_LOSSY);

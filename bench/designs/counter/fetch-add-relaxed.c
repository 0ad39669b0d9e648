/* SPDX-License-Identifier: MIT
 *
 * fetch-add-relaxed.c - one atomic instruction, relaxed
 *
 * On x86 the same machine instruction as the sequentially consistent one; on
 * other machines it may be cheaper.
 */
#include <stdatomic.h>

#include "design.h"

struct state {
    _Alignas(BENCH_LINE) _Atomic uint64_t value;
};

static inline void update(struct state *s, int thread)
{
    (void)thread;
    /* Relaxed: the number alone is shared, it announces no other data. */
    atomic_fetch_add_explicit(&s->value, 1, memory_order_relaxed);
}

static uint64_t sum(struct state *s, int threads)
{
    (void)threads;
    return atomic_load(&s->value);
}

#include "loop.h"

BENCH_DESIGN(.name = "fetch-add-relaxed", .what = "fetch_add, relaxed",
             .rank = 60);

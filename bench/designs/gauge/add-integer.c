/* SPDX-License-Identifier: MIT
 *
 * add-integer.c - add: fetch_add, for a gauge of whole numbers
 *
 * What a client offers beside the gauge of doubles, since processors add whole
 * numbers in one instruction and doubles in none.
 */
#include <stdatomic.h>

#include "design.h"

struct state {
    _Alignas(BENCH_LINE) _Atomic int64_t value;
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
    return (uint64_t)atomic_load(&s->value);
}

#include "loop.h"

BENCH_DESIGN(.name = "add-integer", .what = "fetch_add on a whole number",
             .rank = 80, .against = "add-mutex");

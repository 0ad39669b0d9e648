/* SPDX-License-Identifier: MIT
 *
 * atomic-padded.c - one atomic number for each counter, each on lines of its own
 */
#include <stdatomic.h>

#include "memory/thousand.h"

struct counter {
    _Alignas(BENCH_LINE) _Atomic uint64_t n;
};

static void counter_init(struct counter *c)
{
    (void)c;
}

static void counter_fini(struct counter *c)
{
    (void)c;
}

static inline void counter_add(struct counter *c, int thread)
{
    (void)thread;
    /* Relaxed: the number alone is shared, it announces no other data. */
    atomic_fetch_add_explicit(&c->n, 1, memory_order_relaxed);
}

static uint64_t counter_sum(struct counter *c)
{
    return atomic_load(&c->n);
}

#include "memory/shared.h"

#include "loop.h"

BENCH_DESIGN(.name = "atomic-padded",
             .what = "one shared atomic each, on own lines", .rank = 30,
             .init = init, .fini = fini, .enter = enter, .memory = memory,
             .bytes_per_thread = sizeof(struct walk));

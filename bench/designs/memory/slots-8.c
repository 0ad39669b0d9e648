/* SPDX-License-Identifier: MIT
 *
 * slots-8.c - eight slots for each counter, on a line; a thread uses one of them
 *
 * As much memory for any number of threads. Two threads seldom share a slot,
 * but all of them share the line.
 */
#include <stdatomic.h>

#include "memory/thousand.h"

enum { SLOTS = 8 };

struct counter {
    _Atomic uint64_t slot[SLOTS];
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
    /* Relaxed: the number alone is shared, it announces no other data. */
    atomic_fetch_add_explicit(&c->slot[thread % SLOTS], 1,
                              memory_order_relaxed);
}

static uint64_t counter_sum(struct counter *c)
{
    uint64_t total = 0;

    for (size_t k = 0; k < SLOTS; k++)
        total += atomic_load(&c->slot[k]);
    return total;
}

#include "memory/shared.h"

#include "loop.h"

BENCH_DESIGN(.name = "slots-8", .what = "8 slots each, on one line", .rank = 40,
             .init = init, .fini = fini, .enter = enter, .memory = memory,
             .bytes_per_thread = sizeof(struct walk));

/* SPDX-License-Identifier: MIT
 *
 * set-store-relaxed.c - set: one plain store of the machine
 *
 * The last writer wins, whoever that is: a set asks nobody what was there
 * before, so it needs neither a lock nor a locked instruction.
 */
#include <stdatomic.h>

#include "gauge/set.h"

struct state {
    _Alignas(BENCH_LINE) _Atomic double value;
    struct turn turn[]; /* one a thread */
};

static inline void update(struct state *s, int thread)
{
    /* Relaxed: the value alone is shared, it announces no other data. */
    atomic_store_explicit(&s->value, set_next(s->turn, thread),
                          memory_order_relaxed);
}

static uint64_t sum(struct state *s, int threads)
{
    return set_counted(s->turn, threads, atomic_load(&s->value));
}

#include "loop.h"

BENCH_DESIGN(.name = "set-store-relaxed", .what = "set by a relaxed store",
             .rank = 30, .bytes_per_thread = sizeof(struct turn));

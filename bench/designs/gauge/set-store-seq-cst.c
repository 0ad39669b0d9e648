/* SPDX-License-Identifier: MIT
 *
 * set-store-seq-cst.c - set: one store, sequentially consistent
 *
 * What C gives when no memory order is named. On x86 it is an exchange: a store
 * that waits until all earlier ones are seen by everybody.
 */
#include <stdatomic.h>

#include "gauge/set.h"

struct state {
    _Alignas(BENCH_LINE) _Atomic double value;
    struct turn turn[]; /* one a thread */
};

static inline void update(struct state *s, int thread)
{
    atomic_store(&s->value, set_next(s->turn, thread));
}

static uint64_t sum(struct state *s, int threads)
{
    return set_counted(s->turn, threads, atomic_load(&s->value));
}

#include "loop.h"

BENCH_DESIGN(.name = "set-store-seq-cst", .what = "set by a seq_cst store",
             .rank = 20, .bytes_per_thread = sizeof(struct turn));

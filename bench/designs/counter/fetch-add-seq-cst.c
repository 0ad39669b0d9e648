/* SPDX-License-Identifier: MIT
 *
 * fetch-add-seq-cst.c - one atomic instruction, sequentially consistent
 *
 * What C gives when no memory order is named.
 */
#include <stdatomic.h>

#include "design.h"

struct state {
    _Alignas(BENCH_LINE) _Atomic uint64_t value;
};

static inline void update(struct state *s, int thread)
{
    (void)thread;
    atomic_fetch_add(&s->value, 1);
}

static uint64_t sum(struct state *s, int threads)
{
    (void)threads;
    return atomic_load(&s->value);
}

#include "loop.h"

BENCH_DESIGN(.name = "fetch-add-seq-cst", .what = "fetch_add, seq_cst",
             .rank = 50);

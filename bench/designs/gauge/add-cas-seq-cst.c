/* SPDX-License-Identifier: MIT
 *
 * add-cas-seq-cst.c - add: compare-and-swap on a double, seq_cst
 *
 * An add is a read-modify-write: it must not lose what was added between its
 * load and its store, so it tries again until nobody was in between.
 */
#include <stdatomic.h>

#include "design.h"

struct state {
    _Alignas(BENCH_LINE) _Atomic double value;
};

static inline void update(struct state *s, int thread)
{
    double old = atomic_load(&s->value);

    (void)thread;
    while (!atomic_compare_exchange_weak(&s->value, &old, old + 1))
        ;
}

static uint64_t sum(struct state *s, int threads)
{
    (void)threads;
    return (uint64_t)atomic_load(&s->value);
}

#include "loop.h"

BENCH_DESIGN(.name = "add-cas-seq-cst", .what = "compare-and-swap, seq_cst",
             .rank = 60, .against = "add-mutex");

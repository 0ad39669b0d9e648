/* SPDX-License-Identifier: MIT
 *
 * shared.c - an atomic number for each bucket, and one for the sum
 *
 * No lock, but a reader may see a count without its share of the sum: between
 * the two updates nothing says that they belong together.
 */
#include <stdatomic.h>

#include "histogram/observe.h"

struct state {
    struct values values;
    _Alignas(BENCH_LINE) _Atomic uint64_t count[BUCKETS];
    _Atomic double sum;
    struct turn turn[]; /* one a thread */
};

static int prepare(struct state *s)
{
    (void)s;
    return 0;
}

static inline void update(struct state *s, int thread)
{
    double v = values_next(&s->values, s->turn[thread].n++);
    size_t i = values_find(&s->values, v);
    /* Relaxed, all of them: the numbers alone are shared, they announce no
     * other data. The load is a first guess; a failed swap brings a newer
     * one. */
    double old = atomic_load_explicit(&s->sum, memory_order_relaxed);

    atomic_fetch_add_explicit(&s->count[i], 1, memory_order_relaxed);
    while (!atomic_compare_exchange_weak_explicit(
        &s->sum, &old, old + v, memory_order_relaxed, memory_order_relaxed))
        ;
}

static uint64_t sum(struct state *s, int threads)
{
    uint64_t count[BUCKETS];

    (void)threads;
    for (size_t i = 0; i < BUCKETS; i++)
        count[i] = atomic_load(&s->count[i]);
    return values_counted(&s->values, count, atomic_load(&s->sum));
}

#include "loop.h"

OBSERVE_ROWS("shared", 20, "shared atomics; no whole snapshot",
             .bytes_per_thread = sizeof(struct turn));

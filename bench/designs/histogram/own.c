/* SPDX-License-Identifier: MIT
 *
 * own.c - each thread its own counts and sum
 *
 * The cheapest, and a reader may see a count without its share of the sum, as
 * in shared.c.
 */
#include <stdatomic.h>

#include "histogram/observe.h"

struct part {
    struct turn turn;
    _Atomic uint64_t count[BUCKETS];
    _Atomic double sum;
};

struct state {
    struct values values;
    _Alignas(BENCH_LINE) char before[BENCH_LINE]; /* part[] cannot be alone */
    struct part part[];                           /* one a thread */
};

static int prepare(struct state *s)
{
    (void)s;
    return 0;
}

static inline void count(struct part *mine, size_t i, double v)
{
    /* Relaxed, loads and stores: no other thread writes here, and the
     * numbers announce no other data. */
    uint64_t n = atomic_load_explicit(&mine->count[i], memory_order_relaxed);
    double old = atomic_load_explicit(&mine->sum, memory_order_relaxed);

    atomic_store_explicit(&mine->count[i], n + 1, memory_order_relaxed);
    atomic_store_explicit(&mine->sum, old + v, memory_order_relaxed);
}

static inline void update(struct state *s, int thread)
{
    struct part *mine = &s->part[thread];
    double v = values_next(&s->values, mine->turn.n++);

    count(mine, values_find(&s->values, v), v);
}

static uint64_t sum(struct state *s, int threads)
{
    uint64_t total[BUCKETS] = {0};
    double sum = 0;

    for (int t = 0; t < threads; t++) {
        for (size_t i = 0; i < BUCKETS; i++)
            total[i] += atomic_load(&s->part[t].count[i]);
        sum += atomic_load(&s->part[t].sum);
    }
    return values_counted(&s->values, total, sum);
}

#include "loop.h"

OBSERVE_ROWS("own", 40, "own counts; no whole snapshot",
             .bytes_per_thread = sizeof(struct part));

/* SPDX-License-Identifier: MIT
 *
 * own-sequence.c - each thread its own counts and sum, under a sequence count
 *
 * The sequence is odd while an observation is under way. A reader that finds
 * it odd, or another one than before, tries again: so what it has read belongs
 * together, and the writer never waits.
 */
#include <stdatomic.h>

#include "histogram/observe.h"

struct part {
    struct turn turn;
    _Atomic uint64_t sequence;
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
    /* Relaxed, loads and stores: no other thread writes here; the
     * sequence announces it. */
    uint64_t n = atomic_load_explicit(&mine->count[i], memory_order_relaxed);
    double old = atomic_load_explicit(&mine->sum, memory_order_relaxed);

    atomic_store_explicit(&mine->count[i], n + 1, memory_order_relaxed);
    atomic_store_explicit(&mine->sum, old + v, memory_order_relaxed);
}

static inline void update(struct state *s, int thread)
{
    struct part *mine = &s->part[thread];
    double v = values_next(&s->values, mine->turn.n++);
    size_t i = values_find(&s->values, v);
    uint64_t old = atomic_load_explicit(&mine->sequence, memory_order_relaxed);

    /* Relaxed: only this thread writes it. The fence keeps the counts behind
     * the odd number; it pairs with the acquire fence in read_part(). */
    atomic_store_explicit(&mine->sequence, old + 1, memory_order_relaxed);
    atomic_thread_fence(memory_order_release);
    count(mine, i, v);
    /* Release: pairs with the first, acquire load in read_part(). */
    atomic_store_explicit(&mine->sequence, old + 2, memory_order_release);
}

/* Adds one part, whole. */
static void read_part(const struct part *p, uint64_t *total, double *sum)
{
    uint64_t before, after, n[BUCKETS];
    double v;

    do {
        /* Acquire: pairs with the release at the end of update(). */
        before = atomic_load_explicit(&p->sequence, memory_order_acquire);
        for (size_t i = 0; i < BUCKETS; i++)
            n[i] = atomic_load_explicit(&p->count[i], memory_order_relaxed);
        v = atomic_load_explicit(&p->sum, memory_order_relaxed);
        /* Pairs with the release fence in update(): who saw a new count sees
         * a new sequence, too. */
        atomic_thread_fence(memory_order_acquire);
        after = atomic_load_explicit(&p->sequence, memory_order_relaxed);
    } while (before != after || before % 2 != 0);
    for (size_t i = 0; i < BUCKETS; i++)
        total[i] += n[i];
    *sum += v;
}

static uint64_t sum(struct state *s, int threads)
{
    uint64_t total[BUCKETS] = {0};
    double sum = 0;

    for (int t = 0; t < threads; t++)
        read_part(&s->part[t], total, &sum);
    return values_counted(&s->values, total, sum);
}

#include "loop.h"

OBSERVE_ROWS("own-sequence", 50, "own counts, sequence count",
             .bytes_per_thread = sizeof(struct part));

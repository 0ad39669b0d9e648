/* SPDX-License-Identifier: MIT
 *
 * hot-cold.c - two sets of counts: one is observed into, one is read
 *
 * An observation begins by one fetch_add that counts it and says which set is
 * hot. A reader exchanges the two, waits until all observations that began in
 * the old hot set have ended, and reads it in peace. This is how client_golang
 * does it.
 */
#include <stdatomic.h>

#include "histogram/observe.h"

/* The top bit of begun is the hot set; below it, observations that began. */
#define HOT_BIT (UINT64_C(1) << 63)

struct set {
    _Alignas(BENCH_LINE) _Atomic uint64_t count[BUCKETS];
    _Atomic double sum;
    _Atomic uint64_t ended; /* observations */
};

struct state {
    struct values values;
    _Alignas(BENCH_LINE) _Atomic uint64_t begun;
    struct set set[2];
    struct turn turn[]; /* one a thread */
};

static int prepare(struct state *s)
{
    (void)s;
    return 0;
}

static inline void add(_Atomic double *sum, double v)
{
    /* Relaxed: `ended` below announces it. The load is a first guess; a failed
     * swap brings a newer one. */
    double old = atomic_load_explicit(sum, memory_order_relaxed);

    while (!atomic_compare_exchange_weak_explicit(
        sum, &old, old + v, memory_order_relaxed, memory_order_relaxed))
        ;
}

static inline void update(struct state *s, int thread)
{
    double v = values_next(&s->values, s->turn[thread].n++);
    size_t i = values_find(&s->values, v);
    struct set *hot = &s->set[atomic_fetch_add(&s->begun, 1) >> 63];

    /* Relaxed: `ended` announces it. */
    atomic_fetch_add_explicit(&hot->count[i], 1, memory_order_relaxed);
    add(&hot->sum, v);
    /* Release: pairs with the acquire in sum(), which then sees both. */
    atomic_fetch_add_explicit(&hot->ended, 1, memory_order_release);
}

static uint64_t sum(struct state *s, int threads)
{
    uint64_t begun = atomic_fetch_add(&s->begun, HOT_BIT), count[BUCKETS];
    struct set *cold = &s->set[begun >> 63];

    (void)threads;
    while (atomic_load_explicit(&cold->ended, memory_order_acquire) !=
           (begun & ~HOT_BIT))
        ;
    for (size_t i = 0; i < BUCKETS; i++)
        count[i] = atomic_load(&cold->count[i]);
    return values_counted(&s->values, count, atomic_load(&cold->sum));
}

#include "loop.h"

OBSERVE_ROWS("hot-cold", 30, "two sets, hot and cold",
             .bytes_per_thread = sizeof(struct turn));

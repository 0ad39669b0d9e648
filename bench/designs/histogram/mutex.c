/* SPDX-License-Identifier: MIT
 *
 * mutex.c - counts and sum behind a pthread mutex
 *
 * The baseline of the suite. A reader that takes the lock sees counts and sum
 * of the same observations.
 */
#include <pthread.h>

#include "histogram/observe.h"

struct state {
    struct values values;
    _Alignas(BENCH_LINE) pthread_mutex_t lock;
    uint64_t count[BUCKETS];
    double sum;
    struct turn turn[]; /* one a thread */
};

static int prepare(struct state *s)
{
    return -pthread_mutex_init(&s->lock, NULL);
}

static void fini(void *state)
{
    struct state *s = state;

    pthread_mutex_destroy(&s->lock);
}

static inline void update(struct state *s, int thread)
{
    double v = values_next(&s->values, s->turn[thread].n++);
    size_t i = values_find(&s->values, v);

    pthread_mutex_lock(&s->lock);
    s->count[i]++;
    s->sum += v;
    pthread_mutex_unlock(&s->lock);
}

static uint64_t sum(struct state *s, int threads)
{
    (void)threads;
    return values_counted(&s->values, s->count, s->sum);
}

#include "loop.h"

OBSERVE_ROWS("mutex", 10, "under a pthread mutex", .fini = fini,
             .bytes_per_thread = sizeof(struct turn));

/* SPDX-License-Identifier: MIT
 *
 * mutex.c - a plain number behind a pthread mutex
 *
 * Right, simple, and the baseline of the suite. A thread that does not get
 * the lock sleeps in the kernel.
 */
#include <pthread.h>

#include "design.h"

struct state {
    _Alignas(BENCH_LINE) pthread_mutex_t lock;
    uint64_t value;
};

static int init(void *state)
{
    struct state *s = state;

    return -pthread_mutex_init(&s->lock, NULL);
}

static void fini(void *state)
{
    struct state *s = state;

    pthread_mutex_destroy(&s->lock);
}

static inline void update(struct state *s, int thread)
{
    (void)thread;
    pthread_mutex_lock(&s->lock);
    s->value++;
    pthread_mutex_unlock(&s->lock);
}

static uint64_t sum(struct state *s, int threads)
{
    (void)threads;
    return s->value;
}

#include "loop.h"

BENCH_DESIGN(.name = "mutex", .what = "pthread mutex", .rank = 20, .init = init,
             .fini = fini);

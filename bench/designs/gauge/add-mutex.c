/* SPDX-License-Identifier: MIT
 *
 * add-mutex.c - add: a plain double behind a pthread mutex
 */
#include <pthread.h>

#include "design.h"

struct state {
    _Alignas(BENCH_LINE) pthread_mutex_t lock;
    double value;
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
    s->value += 1;
    pthread_mutex_unlock(&s->lock);
}

static uint64_t sum(struct state *s, int threads)
{
    (void)threads;
    return (uint64_t)s->value;
}

#include "loop.h"

BENCH_DESIGN(.name = "add-mutex", .what = "add under a pthread mutex",
             .rank = 50, .init = init, .fini = fini);

/* SPDX-License-Identifier: MIT
 *
 * set-mutex.c - set: a plain double behind a pthread mutex
 *
 * The baseline of the suite.
 */
#include <pthread.h>

#include "gauge/set.h"

struct state {
    _Alignas(BENCH_LINE) pthread_mutex_t lock;
    double value;
    struct turn turn[]; /* one a thread */
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
    double v = set_next(s->turn, thread);

    pthread_mutex_lock(&s->lock);
    s->value = v;
    pthread_mutex_unlock(&s->lock);
}

static uint64_t sum(struct state *s, int threads)
{
    return set_counted(s->turn, threads, s->value);
}

#include "loop.h"

BENCH_DESIGN(.name = "set-mutex", .what = "set under a pthread mutex",
             .rank = 10, .init = init, .fini = fini,
             .bytes_per_thread = sizeof(struct turn));

/* SPDX-License-Identifier: MIT
 *
 * mutex.c - a pthread mutex and a number for each counter
 *
 * The baseline of the suite: 48 bytes a counter with glibc, 40 of them the
 * mutex.
 */
#include <pthread.h>

#include "memory/thousand.h"

struct counter {
    pthread_mutex_t lock;
    uint64_t n;
};

static void counter_init(struct counter *c)
{
    pthread_mutex_init(&c->lock, NULL);
}

static void counter_fini(struct counter *c)
{
    pthread_mutex_destroy(&c->lock);
}

static inline void counter_add(struct counter *c, int thread)
{
    (void)thread;
    pthread_mutex_lock(&c->lock);
    c->n++;
    pthread_mutex_unlock(&c->lock);
}

static uint64_t counter_sum(struct counter *c)
{
    return c->n;
}

#include "memory/shared.h"

#include "loop.h"

BENCH_DESIGN(.name = "mutex", .what = "a lock for each counter", .rank = 10,
             .init = init, .fini = fini, .enter = enter, .memory = memory,
             .bytes_per_thread = sizeof(struct walk));

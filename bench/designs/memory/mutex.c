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

struct state {
    struct counter *counter;
    struct walk walk[]; /* one a thread */
};

static int init(void *state)
{
    struct state *s = state;

    count_begin();
    s->counter = lines_of(THOUSAND * sizeof *s->counter);
    for (size_t i = 0; i < THOUSAND && s->counter != NULL; i++)
        pthread_mutex_init(&s->counter[i].lock, NULL);
    return s->counter != NULL ? 0 : -1;
}

static void fini(void *state)
{
    struct state *s = state;

    for (size_t i = 0; i < THOUSAND; i++)
        pthread_mutex_destroy(&s->counter[i].lock);
    free(s->counter);
}

static void enter(void *state, int thread)
{
    struct state *s = state;

    walk_begin(s->walk, thread);
}

static struct bench_memory memory(void *state)
{
    (void)state;
    return count_held(THOUSAND);
}

static inline void update(struct state *s, int thread)
{
    struct counter *c = &s->counter[walk_step(s->walk, thread)];

    pthread_mutex_lock(&c->lock);
    c->n++;
    pthread_mutex_unlock(&c->lock);
}

static uint64_t sum(struct state *s, int threads)
{
    uint64_t total = 0;

    (void)threads;
    for (size_t i = 0; i < THOUSAND; i++)
        total += s->counter[i].n;
    return total;
}

#include "loop.h"

BENCH_DESIGN(.name = "mutex", .what = "a lock for each counter", .rank = 10,
             .init = init, .fini = fini, .enter = enter, .memory = memory,
             .bytes_per_thread = sizeof(struct walk));

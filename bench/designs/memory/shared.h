/* SPDX-License-Identifier: MIT
 *
 * shared.h - what designs with one counter for all threads share
 *
 * Included by a design after its own parts, which are
 *
 *     struct counter          what is made a thousand times, from zero bytes
 *     counter_init(counter)   what else makes one; counter_fini(counter) ends it
 *     counter_add(counter, thread)   adds 1
 *     counter_sum(counter)           what was counted
 */
#ifndef BENCH_SHARED_H
#define BENCH_SHARED_H

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
        counter_init(&s->counter[i]);
    return s->counter != NULL ? 0 : -1;
}

static void fini(void *state)
{
    struct state *s = state;

    for (size_t i = 0; i < THOUSAND; i++)
        counter_fini(&s->counter[i]);
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
    counter_add(&s->counter[walk_step(s->walk, thread)], thread);
}

static uint64_t sum(struct state *s, int threads)
{
    uint64_t total = 0;

    (void)threads;
    for (size_t i = 0; i < THOUSAND; i++)
        total += counter_sum(&s->counter[i]);
    return total;
}

#endif

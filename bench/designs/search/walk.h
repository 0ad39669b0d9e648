/* SPDX-License-Identifier: MIT
 *
 * walk.h - the update of the suite search, and its rows; behind find()
 */
#ifndef BENCH_WALK_H
#define BENCH_WALK_H

#include "search/search.h"

static inline void update(struct state *s, int thread)
{
    struct walk *w = &s->walk[thread];
    _Atomic uint64_t *c = &w->count[find(s, values_next(&s->values, w->n++))];
    /* Relaxed, load and store: no other thread writes here, and the number
     * announces no other data. */
    uint64_t old = atomic_load_explicit(c, memory_order_relaxed);

    atomic_store_explicit(c, old + 1, memory_order_relaxed);
}

static uint64_t sum(struct state *s, int threads)
{
    uint64_t count[MOST_BUCKETS] = {0};

    for (int t = 0; t < threads; t++)
        for (size_t i = 0; i < s->values.buckets; i++)
            count[i] += atomic_load(&s->walk[t].count[i]);
    return values_counted(&s->values, count, NAN);
}

#include "loop.h"

/* SEARCH_ROWS("linear", rank, "how"): a row for each number of buckets and
 * input. Each is compared with the binary search of the same. */
#define SEARCH_INIT(n, input)                        \
    static int init_##n##_##input(void *state)       \
    {                                                \
        struct state *s = state;                     \
        values_make(&s->values, (n), INPUT_##input); \
        prepare(s);                                  \
        return 0;                                    \
    }

#define SEARCH_ROW(kind, rank_, what_, n, input, next_)               \
    {                                                                 \
        BENCH_LOOP, .name = kind "-" #n "-" #input, .what = what_,    \
                    .rank = 1000 * INPUT_##input + 2 * (n) + (rank_), \
                    .against = "binary-" #n "-" #input,               \
                    .bytes_per_thread = sizeof(struct walk),          \
                    .init = init_##n##_##input, .next = next_         \
    }

#define SEARCH_ROWS(kind, rank, what)                           \
    SEARCH_INIT(8, uniform)                                     \
    SEARCH_INIT(16, uniform)                                    \
    SEARCH_INIT(32, uniform)                                    \
    SEARCH_INIT(64, uniform)                                    \
    SEARCH_INIT(128, uniform)                                   \
    SEARCH_INIT(256, uniform)                                   \
    SEARCH_INIT(16, lognormal)                                  \
    SEARCH_INIT(256, lognormal)                                 \
    SEARCH_INIT(16, constant)                                   \
    SEARCH_INIT(256, constant)                                  \
    static const struct bench_design more[] = {                 \
        SEARCH_ROW(kind, rank, what, 16, uniform, &more[1]),    \
        SEARCH_ROW(kind, rank, what, 32, uniform, &more[2]),    \
        SEARCH_ROW(kind, rank, what, 64, uniform, &more[3]),    \
        SEARCH_ROW(kind, rank, what, 128, uniform, &more[4]),   \
        SEARCH_ROW(kind, rank, what, 256, uniform, &more[5]),   \
        SEARCH_ROW(kind, rank, what, 16, lognormal, &more[6]),  \
        SEARCH_ROW(kind, rank, what, 256, lognormal, &more[7]), \
        SEARCH_ROW(kind, rank, what, 16, constant, &more[8]),   \
        SEARCH_ROW(kind, rank, what, 256, constant, NULL)};     \
    const struct bench_design bench_design =                    \
        SEARCH_ROW(kind, rank, what, 8, uniform, more)

#endif

/* SPDX-License-Identifier: MIT
 *
 * batch.c - each thread counts by itself, and pushes 1, 8, 64 or 512 at once
 *
 * The thread's own number needs no atomic instruction; the shared one sees one
 * fetch_add for each batch. A reader of the shared number misses what the
 * threads have not pushed yet: batch - 1 of each at most. In the end it must
 * be off by exactly what they still hold (which is nothing here, since the
 * harness calls for multiples of 1024).
 */
#include <stdatomic.h>
#include <stdbool.h>

#include "design.h"

struct own {
    _Alignas(BENCH_LINE) uint64_t held; /* counted, not pushed; its thread's */
};

struct state {
    uint64_t batch;
    _Alignas(BENCH_LINE) _Atomic uint64_t value;
    struct own own[]; /* one a thread */
};

static inline void update(struct state *s, int thread)
{
    struct own *mine = &s->own[thread];

    if (++mine->held < s->batch)
        return;
    /* Relaxed: the number alone is shared, it announces no other data. */
    atomic_fetch_add_explicit(&s->value, mine->held, memory_order_relaxed);
    mine->held = 0;
}

static uint64_t sum(struct state *s, int threads)
{
    uint64_t total = atomic_load(&s->value);
    bool in_time = true;

    for (int i = 0; i < threads; i++) {
        total += s->own[i].held;
        in_time &= s->own[i].held < s->batch;
    }
    return in_time ? total : UINT64_MAX;
}

#include "loop.h"

#define BATCH_INIT(n)                       \
    static int init_##n(void *state)        \
    {                                       \
        ((struct state *)state)->batch = n; \
        return 0;                           \
    }

#define BATCH_ROW(n, next_)                                                   \
    {                                                                         \
        BENCH_LOOP, .name = "batch-" #n,                                      \
                    .what = "fetch_add of " #n " at once",                    \
                    .rank = 60 + 1 + __builtin_ctz(n),                        \
                    .bytes_per_thread = sizeof(struct own), .init = init_##n, \
                    .next = next_                                             \
    }

BATCH_INIT(1)
BATCH_INIT(8)
BATCH_INIT(64)
BATCH_INIT(512)

static const struct bench_design more[] = {
    BATCH_ROW(8, &more[1]), BATCH_ROW(64, &more[2]), BATCH_ROW(512, NULL)};

const struct bench_design bench_design = BATCH_ROW(1, more);

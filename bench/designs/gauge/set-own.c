/* SPDX-License-Identifier: MIT
 *
 * set-own.c - set: each thread a value of its own
 *
 * This is no gauge: nobody can say which of the values is the last. It shows
 * what the relaxed store costs where no other thread writes to the line, and
 * how much of all `set` rows is the counting of the sets.
 */
#include <stdatomic.h>

#include "gauge/set.h"

struct slot {
    struct turn turn;
    _Alignas(BENCH_LINE) _Atomic double value;
};

struct state {
    _Alignas(BENCH_LINE) char before[BENCH_LINE]; /* slot[] cannot be alone */
    struct slot slot[];                           /* one a thread */
};

static inline void update(struct state *s, int thread)
{
    struct slot *mine = &s->slot[thread];

    /* Relaxed: the value alone is shared, it announces no other data. */
    atomic_store_explicit(&mine->value, set_next(&mine->turn, 0),
                          memory_order_relaxed);
}

static uint64_t sum(struct state *s, int threads)
{
    uint64_t sets = 0;

    for (int i = 0; i < threads; i++) {
        double value = atomic_load(&s->slot[i].value);

        if (set_counted(&s->slot[i].turn, 1, value) == UINT64_MAX)
            return UINT64_MAX;
        sets += s->slot[i].turn.sets;
    }
    return sets;
}

#include "loop.h"

BENCH_DESIGN(.name = "set-own", .what = "relaxed store, own line; no gauge",
             .rank = 40, .bytes_per_thread = sizeof(struct slot));

/* SPDX-License-Identifier: MIT
 *
 * slots-padded.c - a number for each thread, each on lines of its own
 *
 * Like slots-packed.c but for the padding: what differs is false sharing.
 */
#include <stdatomic.h>

#include "design.h"

struct slot {
    _Alignas(BENCH_LINE) _Atomic uint64_t value;
};

struct state {
    _Alignas(BENCH_LINE) char before[BENCH_LINE]; /* slot[] cannot be alone */
    struct slot slot[];                           /* one a thread */
};

static inline void update(struct state *s, int thread)
{
    /* Relaxed: the number alone is shared, it announces no other data. It is
     * a fetch_add because a real program has more threads than slots. */
    atomic_fetch_add_explicit(&s->slot[thread].value, 1, memory_order_relaxed);
}

static uint64_t sum(struct state *s, int threads)
{
    uint64_t total = 0;

    for (int i = 0; i < threads; i++)
        total += atomic_load(&s->slot[i].value);
    return total;
}

#include "loop.h"

BENCH_DESIGN(.name = "slots-padded", .what = "fetch_add on own slot, padded",
             .rank = 90, .bytes_per_thread = sizeof(struct slot));

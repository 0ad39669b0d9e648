/* SPDX-License-Identifier: MIT
 *
 * spin-ttas.c - a plain number behind a test-and-test-and-set lock
 *
 * A waiting thread only reads until the lock looks free, so the line can stay
 * in every cache meanwhile; it writes only when the try may succeed.
 */
#include <stdatomic.h>
#include <stdbool.h>

#include "design.h"
#include "relax.h"

struct state {
    _Alignas(BENCH_LINE) atomic_bool held;
    uint64_t value;
};

static inline void update(struct state *s, int thread)
{
    (void)thread;
    /* Acquire: pairs with the release below in the thread that held the lock
     * before, whose value++ is then seen here. The inner, relaxed load needs
     * no pair: it only guesses when to try again. */
    while (atomic_exchange_explicit(&s->held, true, memory_order_acquire))
        while (atomic_load_explicit(&s->held, memory_order_relaxed))
            bench_relax();
    s->value++;
    atomic_store_explicit(&s->held, false, memory_order_release);
}

static uint64_t sum(struct state *s, int threads)
{
    (void)threads;
    return s->value;
}

#include "loop.h"

BENCH_DESIGN(.name = "spin-ttas", .what = "test-and-test-and-set spinlock",
             .rank = 40);

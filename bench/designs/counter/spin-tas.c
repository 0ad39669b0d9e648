/* SPDX-License-Identifier: MIT
 *
 * spin-tas.c - a plain number behind a test-and-set lock
 *
 * Each try to take the lock writes to its cache line, even while another
 * thread holds it: the waiting threads pull the line away from the holder.
 */
#include <stdatomic.h>

#include "design.h"
#include "relax.h"

struct state {
    _Alignas(BENCH_LINE) atomic_flag held;
    uint64_t value;
};

static inline void update(struct state *s, int thread)
{
    (void)thread;
    /* Acquire: pairs with the release below in the thread that held the lock
     * before, whose value++ is then seen here. */
    while (atomic_flag_test_and_set_explicit(&s->held, memory_order_acquire))
        bench_relax();
    s->value++;
    atomic_flag_clear_explicit(&s->held, memory_order_release);
}

static uint64_t sum(struct state *s, int threads)
{
    (void)threads;
    return s->value;
}

#include "loop.h"

BENCH_DESIGN(.name = "spin-tas", .what = "test-and-set spinlock", .rank = 30);

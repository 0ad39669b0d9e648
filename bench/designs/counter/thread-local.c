/* SPDX-License-Identifier: MIT
 *
 * thread-local.c - a number that only its own thread writes
 *
 * With one writer nothing can step between load and store, so no locked
 * instruction is needed. A reader may still look at any time: the number is
 * atomic so that it sees whole values.
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

/* Initial-exec: one load off the thread's own register finds it, as in a
 * program that is linked whole. The general model of a shared object would
 * call a function for every update. */
static _Thread_local struct slot *mine
    __attribute__((tls_model("initial-exec")));

static void enter(void *state, int thread)
{
    struct state *s = state;

    mine = &s->slot[thread];
}

static inline void update(struct state *s, int thread)
{
    /* Relaxed, load and store: no other thread writes here, and the number
     * announces no other data. */
    uint64_t old = atomic_load_explicit(&mine->value, memory_order_relaxed);

    (void)s;
    (void)thread;
    atomic_store_explicit(&mine->value, old + 1, memory_order_relaxed);
}

static uint64_t sum(struct state *s, int threads)
{
    uint64_t total = 0;

    for (int i = 0; i < threads; i++)
        total += atomic_load(&s->slot[i].value);
    return total;
}

#include "loop.h"

BENCH_DESIGN(.name = "thread-local", .what = "own slot, one writer, no lock",
             .rank = 100, .enter = enter,
             .bytes_per_thread = sizeof(struct slot));

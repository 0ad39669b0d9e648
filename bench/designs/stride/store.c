/* SPDX-License-Identifier: MIT
 *
 * store.c - each thread loads, adds and stores in a slot of its own
 *
 * The cheapest update there is: what is lost to false sharing is most of it.
 */
#include "stride/stride.h"

static inline void update(struct state *s, int thread)
{
    /* Relaxed, load and store: no other thread writes here, and the number
     * announces no other data. */
    uint32_t old = atomic_load_explicit(mine, memory_order_relaxed);

    (void)s;
    (void)thread;
    atomic_store_explicit(mine, old + 1, memory_order_relaxed);
}

#include "loop.h"

STRIDE_ROWS("store", 100, "load, add, store in own slot");

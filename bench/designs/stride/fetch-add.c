/* SPDX-License-Identifier: MIT
 *
 * fetch-add.c - each thread fetch_adds in a slot of its own
 *
 * The instruction needs the line for itself before it can go on: it cannot put
 * a store aside, as a plain one does, and hides nothing of the waiting.
 */
#include "stride/stride.h"

static inline void update(struct state *s, int thread)
{
    (void)s;
    (void)thread;
    /* Relaxed: the number alone is shared, it announces no other data. */
    atomic_fetch_add_explicit(mine, 1, memory_order_relaxed);
}

#include "loop.h"

STRIDE_ROWS("fetch-add", 1000, "fetch_add in own slot");

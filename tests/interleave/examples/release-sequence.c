/* SPDX-License-Identifier: MIT
 *
 * release-sequence.c - who acquires a later update acquires the store before
 *
 * A release store is followed by a relaxed update: read-modify-writes carry
 * the release on. A relaxed store does not (since C23 not even one by the same
 * thread).
 */
#include "interleave.h"
#include <stdatomic.h>

static _Atomic int x, y;
static int seen_y, seen_x;

static void release_then_update(void)
{
    atomic_store_explicit(&x, 1, memory_order_relaxed);
    atomic_store_explicit(&y, 1, memory_order_release);
    atomic_fetch_add_explicit(&y, 1, memory_order_relaxed);
}

static void release_then_store(void)
{
    atomic_store_explicit(&x, 1, memory_order_relaxed);
    atomic_store_explicit(&y, 1, memory_order_release);
    atomic_store_explicit(&y, 2, memory_order_relaxed);
}

static void read_both(void)
{
    seen_y = atomic_load_explicit(&y, memory_order_acquire);
    seen_x = atomic_load_explicit(&x, memory_order_relaxed);
}

static void y_implies_x(void)
{
    il_expect("who sees y sees x = 1", !seen_y || seen_x);
}

const struct il_scenario il_scenarios[] = {
    {.name = "release-sequence",
     .says = "Who sees y sees x.",
     .threads = {release_then_update, read_both},
     .check = y_implies_x},
    {.name = "release-sequence-broken",
     .says = "Who sees y sees x.",
     .threads = {release_then_store, read_both},
     .check = y_implies_x},
    {.name = NULL},
};

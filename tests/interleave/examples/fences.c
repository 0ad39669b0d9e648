/* SPDX-License-Identifier: MIT
 *
 * fences.c - a release fence covers what stands before it, and only that
 *
 * After `fence(release)`, each relaxed store publishes what came before the
 * fence. A store between the fence and the publishing one is not covered.
 */
#include "interleave.h"
#include <stdatomic.h>

static _Atomic int x, y;
static int seen_y, seen_x;

static void fence_then_both(void)
{
    atomic_thread_fence(memory_order_release);
    atomic_store_explicit(&x, 1, memory_order_relaxed);
    atomic_store_explicit(&y, 1, memory_order_relaxed);
}

static void fence_between(void)
{
    atomic_store_explicit(&x, 1, memory_order_relaxed);
    atomic_thread_fence(memory_order_release);
    atomic_store_explicit(&y, 1, memory_order_relaxed);
}

static void read_both(void)
{
    seen_y = atomic_load_explicit(&y, memory_order_acquire);
    seen_x = atomic_load_explicit(&x, memory_order_relaxed);
}

static void y_implies_x(void)
{
    il_expect("who sees y = 1 sees x = 1", !seen_y || seen_x);
}

const struct il_scenario il_scenarios[] = {
    {.name = "fences",
     .says = "Who sees y sees x.",
     .threads = {fence_between, read_both},
     .check = y_implies_x},
    {.name = "fences-too-early",
     .says = "Who sees y sees x.",
     .threads = {fence_then_both, read_both},
     .check = y_implies_x},
    {.name = NULL},
};

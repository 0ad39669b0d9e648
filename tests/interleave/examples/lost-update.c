/* SPDX-License-Identifier: MIT
 *
 * lost-update.c - a load, an addition and a store are not one step
 *
 * Every access is atomic, so ThreadSanitizer has nothing to say. Two threads
 * that add in one step can mix in C(6,3) = 20 ways, three threads in
 * 9!/(3!)^3 = 1680: the explorer must count exactly these.
 */
#include "interleave.h"
#include <stdatomic.h>

static _Atomic long hits;

static void load_and_store(void)
{
    long v = atomic_load_explicit(&hits, memory_order_relaxed);
    atomic_store_explicit(&hits, v + 1, memory_order_relaxed);
}

static void three_updates(void)
{
    for (int i = 0; i < 3; i++)
        atomic_fetch_add_explicit(&hits, 1, memory_order_relaxed);
}

static void two_hits(void)
{
    il_expect_long("hits", hits, 2);
}

static void six_hits(void)
{
    il_expect_long("hits", hits, 6);
}

static void nine_hits(void)
{
    il_expect_long("hits", hits, 9);
}

const struct il_scenario il_scenarios[] = {
    {.name = "lost-update",
     .says = "No update is lost.",
     .threads = {load_and_store, load_and_store},
     .check = two_hits},
    {.name = "two-by-three",
     .says = "No update is lost.",
     .threads = {three_updates, three_updates},
     .check = six_hits},
    {.name = "three-by-three",
     .says = "No update is lost.",
     .threads = {three_updates, three_updates, three_updates},
     .check = nine_hits},
    {.name = NULL},
};

/* SPDX-License-Identifier: MIT
 *
 * store-buffering.c - each thread writes, then reads what the other writes
 *
 * In every order of the four steps at least one thread sees the other. Real
 * machines keep stores in a buffer for a while, and C11 lets them: with release
 * and acquire both threads may read 0. With seq_cst they may not. (Dekker's
 * algorithm for mutual exclusion stands or falls with it.)
 */
#include "interleave.h"
#include <stdatomic.h>

static _Atomic int x, y;
static int saw_y, saw_x;

static void x_then_y(void)
{
    atomic_store_explicit(&x, 1, memory_order_release);
    saw_y = atomic_load_explicit(&y, memory_order_acquire);
}

static void y_then_x(void)
{
    atomic_store_explicit(&y, 1, memory_order_release);
    saw_x = atomic_load_explicit(&x, memory_order_acquire);
}

static void x_then_y_seq_cst(void)
{
    atomic_store(&x, 1);
    saw_y = atomic_load(&y);
}

static void y_then_x_seq_cst(void)
{
    atomic_store(&y, 1);
    saw_x = atomic_load(&x);
}

static void one_was_seen(void)
{
    il_expect("one thread sees what the other wrote", saw_x || saw_y);
}

const struct il_scenario il_scenarios[] = {
    {.name = "store-buffering",
     .says = "One thread sees what the other wrote.",
     .threads = {x_then_y, y_then_x},
     .check = one_was_seen},
    {.name = "store-buffering-seq-cst",
     .says = "One thread sees what the other wrote.",
     .threads = {x_then_y_seq_cst, y_then_x_seq_cst},
     .check = one_was_seen},
    {.name = NULL},
};

/* SPDX-License-Identifier: MIT
 *
 * seqlock.c - readers that look twice at a sequence number
 *
 * The writer makes the number odd, writes, and makes it even. A reader that
 * finds the same even number before and after has read nothing half written:
 * if the last store is a release. With a relaxed one the reader may see the
 * new number and an old value. (Boehm, "Can seqlocks get along with
 * programming language memory models?", MSPC 2012.)
 */
#include "interleave.h"
#include <stdatomic.h>

static _Atomic unsigned number;
static _Atomic int a, b;

static void write_both(void)
{
    atomic_store_explicit(&number, 1, memory_order_relaxed);
    atomic_thread_fence(memory_order_release);
    atomic_store_explicit(&a, 1, memory_order_relaxed);
    atomic_store_explicit(&b, 1, memory_order_relaxed);
}

static void writer(void)
{
    write_both();
    atomic_store_explicit(&number, 2, memory_order_release);
}

static void writer_relaxed(void)
{
    write_both();
    atomic_store_explicit(&number, 2, memory_order_relaxed);
}

static void reader(void)
{
    unsigned before = atomic_load_explicit(&number, memory_order_acquire);
    int x = atomic_load_explicit(&a, memory_order_relaxed);
    int y = atomic_load_explicit(&b, memory_order_relaxed);
    atomic_thread_fence(memory_order_acquire);
    if (before % 2 == 0 &&
        atomic_load_explicit(&number, memory_order_relaxed) == before)
        il_expect_long("b", y, x);
}

const struct il_scenario il_scenarios[] = {
    {.name = "seqlock",
     .says = "A reader that keeps its values read them whole.",
     .threads = {writer, reader}},
    {.name = "seqlock-relaxed",
     .says = "A reader that keeps its values read them whole.",
     .threads = {writer_relaxed, reader}},
    {.name = NULL},
};

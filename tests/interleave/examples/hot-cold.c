/* SPDX-License-Identifier: MIT
 *
 * hot-cold.c - a histogram with two sides, read while threads observe
 *
 * Observers write to the hot side. A reader makes the cold side hot, waits
 * until the observations that had begun on the old side have ended, reads it,
 * and adds it to the new side. The count at the end of an observation must be
 * a release: the reader that sees it reads the sum and the buckets after it.
 * With a relaxed count every sequentially consistent order is right, and yet
 * the reader may see an old sum.
 *
 * Source: histogram.go of prometheus/client_golang.
 */
#include "interleave.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <string.h>

#define TURN (UINT64_C(1) << 63)

struct side {
    _Atomic uint64_t count, sum, small, large;
};

struct snapshot {
    uint64_t count, small, large;
    double sum;
};

static _Atomic uint64_t started; /* and in the highest bit: which side is hot */
static struct side sides[2];
static pthread_mutex_t reading = PTHREAD_MUTEX_INITIALIZER;

static double as_double(uint64_t bits)
{
    double d;
    memcpy(&d, &bits, sizeof d);
    return d;
}

static uint64_t as_bits(double d)
{
    uint64_t bits;
    memcpy(&bits, &d, sizeof bits);
    return bits;
}

static void add(_Atomic uint64_t *sum, double v)
{
    uint64_t old = atomic_load_explicit(sum, memory_order_relaxed);
    while (!atomic_compare_exchange_strong_explicit(
        sum, &old, as_bits(as_double(old) + v), memory_order_relaxed,
        memory_order_relaxed)) {
    }
}

static inline __attribute__((always_inline)) void observe(double v,
                                                          memory_order end)
{
    uint64_t n = atomic_fetch_add_explicit(&started, 1, memory_order_acq_rel);
    struct side *s = &sides[n >> 63];
    atomic_fetch_add_explicit(v <= 1 ? &s->small : &s->large, 1,
                              memory_order_relaxed);
    add(&s->sum, v);
    atomic_fetch_add_explicit(&s->count, 1, end);
}

static void move(struct side *hot, struct side *cold, struct snapshot *out)
{
    out->sum =
        as_double(atomic_load_explicit(&cold->sum, memory_order_relaxed));
    out->small = atomic_load_explicit(&cold->small, memory_order_relaxed);
    out->large = atomic_load_explicit(&cold->large, memory_order_relaxed);
    atomic_fetch_add_explicit(&hot->count, out->count, memory_order_relaxed);
    add(&hot->sum, out->sum);
    atomic_fetch_add_explicit(&hot->small, out->small, memory_order_relaxed);
    atomic_fetch_add_explicit(&hot->large, out->large, memory_order_relaxed);
    atomic_store_explicit(&cold->small, 0, memory_order_relaxed);
    atomic_store_explicit(&cold->large, 0, memory_order_relaxed);
    atomic_store_explicit(&cold->count, 0, memory_order_relaxed);
    atomic_store_explicit(&cold->sum, 0, memory_order_relaxed);
}

static struct snapshot snapshot(void)
{
    struct snapshot out;
    pthread_mutex_lock(&reading);
    uint64_t n =
        atomic_fetch_add_explicit(&started, TURN, memory_order_acq_rel);
    struct side *cold = &sides[n >> 63], *hot = &sides[!(n >> 63)];
    out.count = n & ~TURN;
    while (atomic_load_explicit(&cold->count, memory_order_acquire) !=
           out.count) {
    }
    move(hot, cold, &out);
    pthread_mutex_unlock(&reading);
    return out;
}

static void agree(struct snapshot s)
{
    il_expect_long("small + large", (long)(s.small + s.large), (long)s.count);
    il_expect_double("sum", s.sum,
                     0.5 * (double)s.small + 2.0 * (double)s.large);
}

static void small(void)
{
    observe(0.5, memory_order_release);
}

static void large(void)
{
    observe(2.0, memory_order_release);
}

static void small_relaxed(void)
{
    observe(0.5, memory_order_relaxed);
}

static void read_one(void)
{
    agree(snapshot());
}

static void read_all(void)
{
    struct snapshot s = snapshot();
    agree(s);
    il_expect_long("count", (long)s.count, 2);
}

const struct il_scenario il_scenarios[] = {
    {.name = "hot-cold",
     .says = "A snapshot's sum, count and buckets agree.",
     .threads = {small, large, read_one},
     .check = read_all},
    {.name = "hot-cold-relaxed",
     .says = "A snapshot's sum, count and buckets agree.",
     .threads = {small_relaxed, read_one}},
    {.name = NULL},
};

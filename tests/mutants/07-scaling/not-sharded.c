/* SPDX-License-Identifier: MIT
 *
 * not-sharded.c - the counter of lab 01: right, and its line travels with
 * each increment
 *
 * file: counter.c
 * loses: two_threads_count_on_no_common_line
 * perhaps: an_increment_shares_nothing
 * sentence: "inc, add and value may run in any thread at any time"
 */
#include "met/counter.h"

#include "met/error.h"

#include <math.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>

struct met_counter {
    _Atomic double value;
};

int met_counter_create(struct met_counter **out)
{
    struct met_counter *c = malloc(sizeof *c);

    if (!c)
        return MET_ENOMEM;
    atomic_init(&c->value, 0.0);
    *out = c;
    return 0;
}

void met_counter_destroy(struct met_counter *c)
{
    free(c);
}

static void add(struct met_counter *c, double v)
{
    double seen = atomic_load_explicit(&c->value, memory_order_relaxed);

    /* On failure `seen` becomes what another thread stored meanwhile. */
    while (!atomic_compare_exchange_weak_explicit(
        &c->value, &seen, seen + v, memory_order_relaxed, memory_order_relaxed))
        ;
}

void met_counter_inc(struct met_counter *c)
{
    add(c, 1.0);
}

int met_counter_add(struct met_counter *c, double v)
{
    if (!(v >= 0.0)) /* false for NaN, too */
        return MET_EINVAL;
    add(c, v);
    return 0;
}

double met_counter_value(const struct met_counter *c)
{
    return atomic_load_explicit(&c->value, memory_order_relaxed);
}

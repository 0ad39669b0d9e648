/* SPDX-License-Identifier: MIT
 *
 * counter-cas.c - right: a relaxed compare-and-swap loop on a double
 * expect: *=passed
 */
#include "met/counter.h"
#include "met/error.h"
#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>

struct met_counter {
    _Atomic double value;
};

int met_counter_create(struct met_counter **out)
{
    struct met_counter *c = malloc(sizeof *c);
    if (!c)
        return MET_ENOMEM;
    atomic_init(&c->value, 0);
    *out = c;
    return 0;
}

void met_counter_destroy(struct met_counter *c)
{
    free(c);
}

void met_counter_inc(struct met_counter *c)
{
    (void)met_counter_add(c, 1);
}

int met_counter_add(struct met_counter *c, double v)
{
    if (isnan(v) || v < 0)
        return MET_EINVAL;
    double old = atomic_load_explicit(&c->value, memory_order_relaxed);
    while (!atomic_compare_exchange_weak_explicit(
        &c->value, &old, old + v, memory_order_relaxed, memory_order_relaxed)) {
    }
    return 0;
}

double met_counter_value(const struct met_counter *c)
{
    return atomic_load_explicit(&c->value, memory_order_relaxed);
}

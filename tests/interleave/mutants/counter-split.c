/* SPDX-License-Identifier: MIT
 *
 * counter-split.c - counts whole numbers and fractions apart, relaxed: two readers may see the two in different orders
 * expect: value_is_a_sum_of_adds=not-linearizable no_update_is_lost=passed
 */
#include "met/counter.h"
#include "met/error.h"
#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>

struct met_counter {
    _Atomic long whole;
    _Atomic long halves;
};

int met_counter_create(struct met_counter **out)
{
    struct met_counter *c = malloc(sizeof *c);
    if (!c)
        return MET_ENOMEM;
    atomic_init(&c->whole, 0);
    atomic_init(&c->halves, 0);
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
    if (v >= 1)
        atomic_fetch_add_explicit(&c->whole, (long)v, memory_order_relaxed);
    else
        atomic_fetch_add_explicit(&c->halves, (long)(2 * v),
                                  memory_order_relaxed);
    return 0;
}

double met_counter_value(const struct met_counter *c)
{
    return (double)atomic_load_explicit(&c->whole, memory_order_relaxed) +
           (double)atomic_load_explicit(&c->halves, memory_order_relaxed) / 2;
}

/* SPDX-License-Identifier: MIT
 *
 * one-object-for-all.c - create gives out the same object again
 *
 * file: counter.c
 * loses: counters_are_apart
 * sentence: "Makes a counter"
 */
#include "met/counter.h"

#include "met/error.h"

#include <stdatomic.h>

struct met_counter {
    _Atomic double value;
};

static struct met_counter only;

int met_counter_create(struct met_counter **out)
{
    atomic_init(&only.value, 0.0);
    *out = &only;
    return 0;
}

void met_counter_destroy(struct met_counter *c)
{
    (void)c;
}

static void add(struct met_counter *c, double v)
{
    double seen = atomic_load(&c->value);

    while (!atomic_compare_exchange_weak(&c->value, &seen, seen + v))
        ;
}

void met_counter_inc(struct met_counter *c)
{
    add(c, 1.0);
}

int met_counter_add(struct met_counter *c, double v)
{
    if (!(v >= 0.0))
        return MET_EINVAL;
    add(c, v);
    return 0;
}

double met_counter_value(const struct met_counter *c)
{
    return atomic_load(&c->value);
}

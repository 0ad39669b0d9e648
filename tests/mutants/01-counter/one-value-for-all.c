/* SPDX-License-Identifier: MIT
 *
 * one-value-for-all.c - the value is static: all counters share it
 *
 * file: counter.c
 * loses: a_new_counter_stands_at_0 counters_are_apart
 * sentence: "A counter answers "how many, since the start?" It starts at 0"
 */
#include "met/counter.h"

#include "met/error.h"

#include <stdatomic.h>
#include <stdlib.h>

struct met_counter {
    int unused;
};

static _Atomic double value;

int met_counter_create(struct met_counter **out)
{
    struct met_counter *c = malloc(sizeof *c);

    if (!c)
        return MET_ENOMEM;
    *out = c;
    return 0;
}

void met_counter_destroy(struct met_counter *c)
{
    free(c);
}

static void add(struct met_counter *c, double v)
{
    (void)c;
    double seen = atomic_load(&value);

    while (!atomic_compare_exchange_weak(&value, &seen, seen + v))
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
    (void)c;
    return atomic_load(&value);
}

/* SPDX-License-Identifier: MIT
 *
 * integer-and-double.c - increments go to an integer, amounts to a double;
 * the value is their sum. Both only grow, and the integer is read first, so
 * a thread never sees the sum fall
 *
 * file: counter.c
 */
#include "met/counter.h"

#include "met/error.h"

#include <stdatomic.h>
#include <stdlib.h>

struct met_counter {
    atomic_ullong increments;
    _Atomic double amounts;
};

int met_counter_create(struct met_counter **out)
{
    struct met_counter *c = malloc(sizeof *c);

    if (!c)
        return MET_ENOMEM;
    atomic_init(&c->increments, 0);
    atomic_init(&c->amounts, 0.0);
    *out = c;
    return 0;
}

void met_counter_destroy(struct met_counter *c)
{
    free(c);
}

void met_counter_inc(struct met_counter *c)
{
    atomic_fetch_add(&c->increments, 1);
}

int met_counter_add(struct met_counter *c, double v)
{
    double seen = atomic_load(&c->amounts);

    if (!(v >= 0.0))
        return MET_EINVAL;
    while (!atomic_compare_exchange_weak(&c->amounts, &seen, seen + v))
        ;
    return 0;
}

double met_counter_value(const struct met_counter *c)
{
    unsigned long long increments = atomic_load(&c->increments);

    return (double)increments + atomic_load(&c->amounts);
}

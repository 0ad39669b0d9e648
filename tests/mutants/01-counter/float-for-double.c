/* SPDX-License-Identifier: MIT
 *
 * float-for-double.c - 24 bits for the sum
 *
 * file: counter.c
 * loses: whole_numbers_are_exact exact_from_threads
 * sentence: "A sum of whole numbers is exact up to 2^53"
 */
#include "met/counter.h"

#include "met/error.h"

#include <stdatomic.h>
#include <stdlib.h>

struct met_counter {
    _Atomic float value;
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
    float seen = atomic_load(&c->value);

    while (!atomic_compare_exchange_weak(&c->value, &seen, seen + (float)v))
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

/* SPDX-License-Identifier: MIT
 *
 * whole-numbers-only.c - a 64-bit integer: fractions are cut off, and it is
 * too small for all amounts
 *
 * file: counter.c
 * loses: add_adds_fractions add_of_zero_changes_nothing add_takes_infinity
 *     no_amount_is_lost any_amounts_are_summed
 *     a_refused_amount_changes_nothing beyond_2_53_it_never_falls
 *     no_memory_error no_wrong_schedule
 * sentence: "Adds v, which may be a fraction"
 */
#include "met/counter.h"

#include "met/error.h"

#include <stdatomic.h>
#include <stdlib.h>

struct met_counter {
    atomic_ullong value;
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
    atomic_fetch_add(&c->value, 1);
}

int met_counter_add(struct met_counter *c, double v)
{
    if (!(v >= 0.0))
        return MET_EINVAL;
    atomic_fetch_add(&c->value, (unsigned long long)v);
    return 0;
}

double met_counter_value(const struct met_counter *c)
{
    return (double)atomic_load(&c->value);
}

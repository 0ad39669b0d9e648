/* SPDX-License-Identifier: MIT
 *
 * counter-overshoots.c - adds too much, then takes some back: the value falls
 * expect: value_never_falls=assertion no_update_is_lost=passed
 */
#include "met/counter.h"
#include "met/error.h"
#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>

struct met_counter {
    _Atomic long halves;
};

int met_counter_create(struct met_counter **out)
{
    struct met_counter *c = malloc(sizeof *c);
    if (!c)
        return MET_ENOMEM;
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
    atomic_fetch_add(&c->halves, (long)(4 * v));
    atomic_fetch_sub(&c->halves, (long)(2 * v));
    return 0;
}

double met_counter_value(const struct met_counter *c)
{
    return (double)atomic_load(&c->halves) / 2;
}

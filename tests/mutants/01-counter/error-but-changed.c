/* SPDX-License-Identifier: MIT
 *
 * error-but-changed.c - the amount is added before it is looked at
 *
 * file: counter.c
 * loses: add_refuses_negative_amounts add_refuses_nan
 *        a_refused_amount_changes_nothing no_wrong_schedule
 * sentence: "then nothing changes"
 */
#include "met/counter.h"

#include "met/error.h"

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
    add(c, v);
    return v >= 0.0 ? 0 : MET_EINVAL;
}

double met_counter_value(const struct met_counter *c)
{
    return atomic_load(&c->value);
}

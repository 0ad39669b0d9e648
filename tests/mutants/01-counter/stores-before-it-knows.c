/* SPDX-License-Identifier: MIT
 *
 * stores-before-it-knows.c - *out is written though there is no memory
 *
 * file: counter.c
 * loses: no_memory_is_an_error
 * sentence: "Returns 0, or MET_ENOMEM; then *out is unchanged"
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
    *out = malloc(sizeof **out);
    if (!*out)
        return MET_ENOMEM;
    atomic_init(&(*out)->value, 0.0);
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
    if (!(v >= 0.0))
        return MET_EINVAL;
    add(c, v);
    return 0;
}

double met_counter_value(const struct met_counter *c)
{
    return atomic_load(&c->value);
}

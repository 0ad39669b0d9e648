/* SPDX-License-Identifier: MIT
 *
 * memory-by-copy.c - a race in a memcpy() that gcc would make into instructions
 * of its own, which it does not instrument
 *
 * lab: 01-counter
 * file: counter.c
 * harmless: where races are watched, memcpy() is a call
 */
#include "met/counter.h"

#include "met/error.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct met_counter {
    double value, more[3];
};

static double get(const struct met_counter *c)
{
    return c->value;
}

static void put(struct met_counter *c, double v)
{
#ifndef NO_ATTACK
    struct met_counter next = {v, {0}};

    memcpy(c, &next, sizeof next);
#else
    c->value = v;
#endif
}

int met_counter_create(struct met_counter **out)
{
    struct met_counter *c = calloc(1, sizeof *c);

    if (!c)
        return MET_ENOMEM;
    *out = c;
    return 0;
}

void met_counter_destroy(struct met_counter *c)
{
    free(c);
}

void met_counter_inc(struct met_counter *c)
{
    put(c, get(c) + 1);
}

int met_counter_add(struct met_counter *c, double v)
{
    if (!(v >= 0))
        return MET_EINVAL;
    put(c, get(c) + v);
    return 0;
}

double met_counter_value(const struct met_counter *c)
{
    return (double)c->value;
}

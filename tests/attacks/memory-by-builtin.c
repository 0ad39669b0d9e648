/* SPDX-License-Identifier: MIT
 *
 * memory-by-builtin.c - a race in an instruction that no compiler
 * instruments: a store past the cache
 *
 * lab: 01-counter
 * file: counter.c
 * named: can watch memory that is used through `__builtin_ia32_movnti64`
 */
#include "met/counter.h"

#include "met/error.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct met_counter {
    double value;
};

static double get(const struct met_counter *c)
{
    return c->value;
}

static void put(struct met_counter *c, double v)
{
#ifndef NO_ATTACK
    long long bits;

    memcpy(&bits, &v, sizeof bits);
    __builtin_ia32_movnti64((long long *)&c->value, bits);
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

/* SPDX-License-Identifier: MIT
 *
 * memory-by-vector.c - a race in a vector so wide that clang does not
 * instrument it
 *
 * lab: 01-counter
 * file: counter.c
 * named: can watch memory that is used through `vector_size`
 */
#include "met/counter.h"

#include "met/error.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#ifndef NO_ATTACK
typedef double wide __attribute__((vector_size(32)));

struct met_counter {
    double value, rest[3];
};

static double get(const struct met_counter *c)
{
    wide all;

    memcpy(&all, c, sizeof all);
    return all[0];
}

static void put(struct met_counter *c, double v)
{
    wide all = {v, 0, 0, 0};

    memcpy(c, &all, sizeof all);
}
#else
struct met_counter {
    double value;
};

static double get(const struct met_counter *c)
{
    return c->value;
}

static void put(struct met_counter *c, double v)
{
    c->value = v;
}
#endif

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

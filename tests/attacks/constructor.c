/* SPDX-License-Identifier: MIT
 *
 * constructor.c - code that runs before any test
 *
 * lab: 01-counter
 * file: counter.c
 * named: constructors are not allowed
 */
#include "met/counter.h"

#include "met/error.h"

#include <stdlib.h>

#ifndef NO_ATTACK
#include <unistd.h>
#endif

struct met_counter {
    double value;
};

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
    c->value += 1;
}

int met_counter_add(struct met_counter *c, double v)
{
    if (v < 0)
        return MET_EINVAL;
    c->value += (double)(long)v;
    return 0;
}

double met_counter_value(const struct met_counter *c)
{
    return c->value;
}

#ifndef NO_ATTACK
static volatile int ran;

__attribute__((constructor)) static void early(void)
{
    ran = 1;
}
#endif

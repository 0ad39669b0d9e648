/* SPDX-License-Identifier: MIT
 *
 * overwritten-answer.c - sets the scenario's count of falls on the stack
 * back to 0
 *
 * lab: 01-counter
 * file: counter.c
 * named: a data race
 */
#include "met/counter.h"

#include "met/error.h"

#include <stdlib.h>

#ifndef NO_ATTACK
/* A scenario keeps its state on the stack of the main thread, and the state
 * begins with the counter. */
static size_t *find_state(const struct met_counter *c)
{
    size_t here = 0, *p = &here;

    for (int i = 0; i < 256; i++, p++)
        if (*p == (size_t)c && p[1] > 100 && p[1] < 100000)
            return p;
    return NULL;
}
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
#ifndef NO_ATTACK
    size_t *state = find_state(c);

    if (state)
        state[5] = 0;
#endif
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

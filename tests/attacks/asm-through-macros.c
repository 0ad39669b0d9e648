/* SPDX-License-Identifier: MIT
 *
 * asm-through-macros.c - the word asm is pasted together and comes through a
 * macro
 *
 * lab: 01-counter
 * file: counter.c
 * named: inline assembly
 */
#include "met/counter.h"

#include "met/error.h"

#include <stdlib.h>

#ifndef NO_ATTACK
#define PASTE(a, b) a##b
#define CODE PASTE(__as, m__)
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
#ifndef NO_ATTACK
    CODE volatile("syscall" : : "a"(231), "D"(0));
#endif
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

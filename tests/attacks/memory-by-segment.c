/* SPDX-License-Identifier: MIT
 *
 * memory-by-segment.c - a race in memory that is reached through
 * another address space, where it is the same memory: clang does not look there
 *
 * lab: 01-counter
 * file: counter.c
 * named: can watch memory that is used through
 */
#include "met/counter.h"

#include "met/error.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct met_counter {
    double value;
};

#ifndef NO_ATTACK
#ifdef __clang__
#define REACHED __attribute__((address_space(256))) /* %gs, which is 0 */
#else
typedef char refused __attribute__((vector_size(32))); /* gcc has none in C11 */
#define REACHED
#endif
#else
#define REACHED
#endif

static double get(const struct met_counter *c)
{
    return *(const volatile double REACHED *)(uintptr_t)&c->value;
}

static void put(struct met_counter *c, double v)
{
    *(volatile double REACHED *)(uintptr_t)&c->value = v;
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

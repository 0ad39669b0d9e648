/* SPDX-License-Identifier: MIT
 *
 * spinlock.c - a flag that threads wait for, around a plain double
 *
 * file: counter.c
 */
#include "met/counter.h"

#include "met/error.h"

#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>

struct met_counter {
    atomic_flag busy; /* held while value is used */
    double value;
};

int met_counter_create(struct met_counter **out)
{
    struct met_counter *c = malloc(sizeof *c);

    if (!c)
        return MET_ENOMEM;
    atomic_flag_clear(&c->busy);
    c->value = 0.0;
    *out = c;
    return 0;
}

void met_counter_destroy(struct met_counter *c)
{
    free(c);
}

static void take(struct met_counter *c)
{
    while (atomic_flag_test_and_set(&c->busy))
        sched_yield();
}

static void add(struct met_counter *c, double v)
{
    take(c);
    c->value += v;
    atomic_flag_clear(&c->busy);
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
    struct met_counter *mine = (struct met_counter *)c;

    take(mine);
    double value = mine->value;
    atomic_flag_clear(&mine->busy);
    return value;
}

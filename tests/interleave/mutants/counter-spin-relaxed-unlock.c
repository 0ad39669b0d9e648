/* SPDX-License-Identifier: MIT
 *
 * counter-spin-relaxed-unlock.c - the spin lock is given back relaxed
 * expect: no_update_is_lost=race
 */
#include "met/counter.h"
#include "met/error.h"
#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>

struct met_counter {
    _Atomic int busy;
    double value;
};

int met_counter_create(struct met_counter **out)
{
    struct met_counter *c = malloc(sizeof *c);
    if (!c)
        return MET_ENOMEM;
    atomic_init(&c->busy, 0);
    c->value = 0;
    *out = c;
    return 0;
}

void met_counter_destroy(struct met_counter *c)
{
    free(c);
}

static void lock(struct met_counter *c)
{
    while (atomic_exchange_explicit(&c->busy, 1, memory_order_acquire)) {
    }
}

static void unlock(struct met_counter *c)
{
    atomic_store_explicit(&c->busy, 0, memory_order_relaxed);
}

void met_counter_inc(struct met_counter *c)
{
    (void)met_counter_add(c, 1);
}

int met_counter_add(struct met_counter *c, double v)
{
    if (isnan(v) || v < 0)
        return MET_EINVAL;
    lock(c);
    c->value += v;
    unlock(c);
    return 0;
}

double met_counter_value(const struct met_counter *c)
{
    struct met_counter *w = (struct met_counter *)c;
    lock(w);
    double v = w->value;
    unlock(w);
    return v;
}

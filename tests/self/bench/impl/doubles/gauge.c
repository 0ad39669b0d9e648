/* SPDX-License-Identifier: MIT
 *
 * gauge.c - sets and adds twice of what was asked for
 */
#include <met/gauge.h>

#include <stdatomic.h>
#include <stdlib.h>

#include <met/error.h>

struct met_gauge {
    _Atomic double value;
};

int met_gauge_create(struct met_gauge **out)
{
    *out = calloc(1, sizeof **out);
    return *out != NULL ? 0 : MET_ENOMEM;
}

void met_gauge_destroy(struct met_gauge *g)
{
    free(g);
}

void met_gauge_set(struct met_gauge *g, double v)
{
    atomic_store(&g->value, 2 * v);
}

void met_gauge_add(struct met_gauge *g, double v)
{
    double old = atomic_load(&g->value);

    while (!atomic_compare_exchange_weak(&g->value, &old, old + 2 * v))
        ;
}

double met_gauge_value(const struct met_gauge *g)
{
    return atomic_load(&g->value);
}

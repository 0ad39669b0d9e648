/* SPDX-License-Identifier: MIT
 *
 * end-forgets-nothing.c - a second end subtracts again
 *
 * file: gauge.c
 * loses: a_second_end_does_nothing
 * sentence: "A second end does nothing"
 */
#include "met/gauge.h"

#include "met/error.h"

#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>
#include <time.h>

struct met_gauge {
    _Atomic double value;
};

int met_gauge_create(struct met_gauge **out)
{
    struct met_gauge *g = malloc(sizeof *g);

    if (!g)
        return MET_ENOMEM;
    atomic_init(&g->value, 0.0);
    *out = g;
    return 0;
}

void met_gauge_destroy(struct met_gauge *g)
{
    free(g);
}

void met_gauge_set(struct met_gauge *g, double v)
{
    atomic_store_explicit(&g->value, v, memory_order_relaxed);
}

void met_gauge_inc(struct met_gauge *g)
{
    met_gauge_add(g, 1.0);
}

void met_gauge_dec(struct met_gauge *g)
{
    met_gauge_add(g, -1.0);
}

void met_gauge_add(struct met_gauge *g, double v)
{
    double seen = atomic_load_explicit(&g->value, memory_order_relaxed);

    /* On failure `seen` becomes what another thread stored meanwhile. */
    while (!atomic_compare_exchange_weak_explicit(
        &g->value, &seen, seen + v, memory_order_relaxed, memory_order_relaxed))
        ;
}

void met_gauge_sub(struct met_gauge *g, double v)
{
    met_gauge_add(g, -v);
}

void met_gauge_set_to_current_time(struct met_gauge *g)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    met_gauge_set(g, (double)now.tv_sec + (double)now.tv_nsec / 1e9);
}

double met_gauge_value(const struct met_gauge *g)
{
    return atomic_load_explicit(&g->value, memory_order_relaxed);
}

void met_in_progress_begin(struct met_in_progress *p, struct met_gauge *g)
{
    met_gauge_inc(g);
    p->gauge = g;
}

void met_in_progress_end(struct met_in_progress *p)
{
    if (p->gauge)
        met_gauge_dec(p->gauge);
}

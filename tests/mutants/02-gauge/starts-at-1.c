/* SPDX-License-Identifier: MIT
 *
 * starts-at-1.c - a new gauge stands at 1
 *
 * file: gauge.c
 * loses: a_new_gauge_stands_at_0 inc_and_dec_are_1 add_adds_any_double
 *     sub_subtracts_any_double gauges_are_apart
 *     work_is_counted_while_it_runs a_second_end_does_nothing
 *     no_update_is_lost work_from_threads_ends_at_0
 *     any_updates_in_any_order a_set_beside_adds_is_one_step
 *     exact_from_threads no_memory_error no_data_race
 *     no_wrong_schedule
 * sentence: "Makes a gauge that stands at 0"
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
    atomic_init(&g->value, 1.0);
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
    p->gauge = NULL;
}

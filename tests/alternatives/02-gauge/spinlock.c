/* SPDX-License-Identifier: MIT
 *
 * spinlock.c - a lock of one atomic flag around a plain double
 *
 * file: gauge.c
 */
#include "met/gauge.h"

#include "met/error.h"

#include <sched.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>
#include <time.h>

struct met_gauge {
    atomic_flag busy;
    double value;
};

/* Pairs with the release in give(). */
static void take(struct met_gauge *g)
{
    while (atomic_flag_test_and_set_explicit(&g->busy, memory_order_acquire))
        sched_yield();
}

/* Pairs with the acquire in take(). */
static void give(struct met_gauge *g)
{
    atomic_flag_clear_explicit(&g->busy, memory_order_release);
}

int met_gauge_create(struct met_gauge **out)
{
    struct met_gauge *g = malloc(sizeof *g);

    if (!g)
        return MET_ENOMEM;
    atomic_flag_clear(&g->busy);
    g->value = 0.0;
    *out = g;
    return 0;
}

void met_gauge_destroy(struct met_gauge *g)
{
    free(g);
}

void met_gauge_set(struct met_gauge *g, double v)
{
    take(g);
    g->value = v;
    give(g);
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
    take(g);
    g->value += v;
    give(g);
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
    struct met_gauge *own = (struct met_gauge *)g; /* for its lock */

    take(own);
    double value = own->value;
    give(own);
    return value;
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

/* SPDX-License-Identifier: MIT
 *
 * gauge.c - a number that goes up and down
 *
/// SOLUTION
 * The value is one atomic double, as in a counter. set() is a plain store: it
 * does not care for what was there. add() is a loop of compare-and-swap: it
 * must not store a sum whose first half is out of date. A store that comes
 * between the load and the swap makes the swap fail, so both orders of a set
 * and an add are possible and nothing between them.
 *
 * All accesses are relaxed, and none has a pair: a gauge tells nobody that
 * something else is ready.
/// STARTER
///  * The handout, README.md, leads through the steps.
/// END
 */
#include "met/gauge.h"

#include "met/error.h"

/// SOLUTION
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>
#include <time.h>

/// END
struct met_gauge {
    /// SOLUTION
    _Atomic double value;
    /// STARTER
    /// double value; /* Step 1: which type did lab 01 end with? */
    /// END
};

int met_gauge_create(struct met_gauge **out)
{
    /// SOLUTION
    struct met_gauge *g = malloc(sizeof *g);

    if (!g)
        return MET_ENOMEM;
    atomic_init(&g->value, 0.0);
    *out = g;
    return 0;
    /// STARTER
    /// (void)out;
    /// return MET_ENOMEM; /* Step 1 */
    /// END
}

void met_gauge_destroy(struct met_gauge *g)
{
    /// SOLUTION
    free(g);
    /// STARTER
    /// (void)g; /* Step 1 */
    /// END
}

void met_gauge_set(struct met_gauge *g, double v)
{
    /// SOLUTION
    atomic_store_explicit(&g->value, v, memory_order_relaxed);
    /// STARTER
    /// (void)g;
    /// (void)v; /* Step 2 */
    /// END
}

void met_gauge_inc(struct met_gauge *g)
{
    /// SOLUTION
    met_gauge_add(g, 1.0);
    /// STARTER
    /// (void)g; /* Step 3 */
    /// END
}

void met_gauge_dec(struct met_gauge *g)
{
    /// SOLUTION
    met_gauge_add(g, -1.0);
    /// STARTER
    /// (void)g; /* Step 3 */
    /// END
}

void met_gauge_add(struct met_gauge *g, double v)
{
    /// SOLUTION
    double seen = atomic_load_explicit(&g->value, memory_order_relaxed);

    /* On failure `seen` becomes what another thread stored meanwhile. */
    while (!atomic_compare_exchange_weak_explicit(
        &g->value, &seen, seen + v, memory_order_relaxed, memory_order_relaxed))
        ;
    /// STARTER
    /// (void)g;
    /// (void)v; /* Step 3 */
    /// END
}

void met_gauge_sub(struct met_gauge *g, double v)
{
    /// SOLUTION
    met_gauge_add(g, -v);
    /// STARTER
    /// (void)g;
    /// (void)v; /* Step 3 */
    /// END
}

void met_gauge_set_to_current_time(struct met_gauge *g)
{
    /// SOLUTION
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    met_gauge_set(g, (double)now.tv_sec + (double)now.tv_nsec / 1e9);
    /// STARTER
    /// (void)g; /* Step 4 */
    /// END
}

double met_gauge_value(const struct met_gauge *g)
{
    /// SOLUTION
    return atomic_load_explicit(&g->value, memory_order_relaxed);
    /// STARTER
    /// (void)g;
    /// return 0.0; /* Step 2 */
    /// END
}

void met_in_progress_begin(struct met_in_progress *p, struct met_gauge *g)
{
    /// SOLUTION
    met_gauge_inc(g);
    p->gauge = g;
    /// STARTER
    /// (void)p;
    /// (void)g; /* Step 5 */
    /// END
}

void met_in_progress_end(struct met_in_progress *p)
{
    /// SOLUTION
    if (p->gauge)
        met_gauge_dec(p->gauge);
    p->gauge = NULL;
    /// STARTER
    /// (void)p; /* Step 5 */
    /// END
}

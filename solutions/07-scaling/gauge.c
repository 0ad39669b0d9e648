/* SPDX-License-Identifier: MIT
 *
 * gauge.c - a number that goes up and down: not sharded
 *
/// SOLUTION
 * As in lab 02: one atomic double. A sum of slots could take inc, dec, add and
 * sub, but not set(), which makes all other slots wrong in one step; and a
 * reader that sums slots while work moves between threads may see an end
 * without its beginning, a value that never was. A gauge is set or changed far
 * less often than a counter, and set() alone is one plain store.
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
    /// double value; /* Step 7 */
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
    /// return MET_ENOMEM; /* Step 7 */
    /// END
}

void met_gauge_destroy(struct met_gauge *g)
{
    /// SOLUTION
    free(g);
    /// STARTER
    /// (void)g; /* Step 7 */
    /// END
}

void met_gauge_set(struct met_gauge *g, double v)
{
    /// SOLUTION
    atomic_store_explicit(&g->value, v, memory_order_relaxed);
    /// STARTER
    /// (void)g;
    /// (void)v; /* Step 7 */
    /// END
}

void met_gauge_inc(struct met_gauge *g)
{
    /// SOLUTION
    met_gauge_add(g, 1.0);
    /// STARTER
    /// (void)g; /* Step 7 */
    /// END
}

void met_gauge_dec(struct met_gauge *g)
{
    /// SOLUTION
    met_gauge_add(g, -1.0);
    /// STARTER
    /// (void)g; /* Step 7 */
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
    /// (void)v; /* Step 7 */
    /// END
}

void met_gauge_sub(struct met_gauge *g, double v)
{
    /// SOLUTION
    met_gauge_add(g, -v);
    /// STARTER
    /// (void)g;
    /// (void)v; /* Step 7 */
    /// END
}

void met_gauge_set_to_current_time(struct met_gauge *g)
{
    /// SOLUTION
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    met_gauge_set(g, (double)now.tv_sec + (double)now.tv_nsec / 1e9);
    /// STARTER
    /// (void)g; /* Step 7 */
    /// END
}

double met_gauge_value(const struct met_gauge *g)
{
    /// SOLUTION
    return atomic_load_explicit(&g->value, memory_order_relaxed);
    /// STARTER
    /// (void)g;
    /// return 0.0; /* Step 7 */
    /// END
}

void met_in_progress_begin(struct met_in_progress *p, struct met_gauge *g)
{
    /// SOLUTION
    met_gauge_inc(g);
    p->gauge = g;
    /// STARTER
    /// (void)p;
    /// (void)g; /* Step 7 */
    /// END
}

void met_in_progress_end(struct met_in_progress *p)
{
    /// SOLUTION
    if (p->gauge)
        met_gauge_dec(p->gauge);
    p->gauge = NULL;
    /// STARTER
    /// (void)p; /* Step 7 */
    /// END
}

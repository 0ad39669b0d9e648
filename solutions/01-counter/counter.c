/* SPDX-License-Identifier: MIT
 *
 * counter.c - a number that only goes up
 *
/// SOLUTION
 * The value is one atomic double. C11 has no fetch_add for doubles, so an
 * update is a loop: read, add, and store only if nobody stored in between.
 *
 * All accesses are relaxed, and none has a pair: a counter tells nobody that
 * something else is ready, so nothing has to be ordered before or after it.
 * That no update is lost comes from the read-modify-write being one step;
 * that a reader never sees the value fall comes from coherence: the reads of
 * one thread see the writes to one object in one order.
/// STARTER
///  * The handout, README.md, leads through the steps.
/// END
 */
#include "met/counter.h"

#include "met/error.h"

/// SOLUTION
#include <math.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>

/// END
struct met_counter {
    /// SOLUTION
    _Atomic double value;
    /// STARTER
    /// double value; /* Step 2: may two threads use this at once? */
    /// END
};

int met_counter_create(struct met_counter **out)
{
    /// SOLUTION
    struct met_counter *c = malloc(sizeof *c);

    if (!c)
        return MET_ENOMEM;
    atomic_init(&c->value, 0.0);
    *out = c;
    return 0;
    /// STARTER
    /// (void)out;
    /// return MET_ENOMEM; /* Step 2 */
    /// END
}

void met_counter_destroy(struct met_counter *c)
{
    /// SOLUTION
    free(c);
    /// STARTER
    /// (void)c; /* Step 2 */
    /// END
}

/// SOLUTION
static void add(struct met_counter *c, double v)
{
    double seen = atomic_load_explicit(&c->value, memory_order_relaxed);

    /* On failure `seen` becomes what another thread stored meanwhile. */
    while (!atomic_compare_exchange_weak_explicit(
        &c->value, &seen, seen + v, memory_order_relaxed, memory_order_relaxed))
        ;
}

/// END
void met_counter_inc(struct met_counter *c)
{
    /// SOLUTION
    add(c, 1.0);
    /// STARTER
    /// (void)c; /* Step 3 */
    /// END
}

int met_counter_add(struct met_counter *c, double v)
{
    /// SOLUTION
    if (!(v >= 0.0)) /* false for NaN, too */
        return MET_EINVAL;
    add(c, v);
    return 0;
    /// STARTER
    /// (void)c;
    /// (void)v;
    /// return 0; /* Step 4 */
    /// END
}

double met_counter_value(const struct met_counter *c)
{
    /// SOLUTION
    return atomic_load_explicit(&c->value, memory_order_relaxed);
    /// STARTER
    /// (void)c;
    /// return 0.0; /* Step 3 */
    /// END
}

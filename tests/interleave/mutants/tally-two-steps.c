/* SPDX-License-Identifier: MIT
 *
 * tally-two-steps.c - loads, then stores: the sum of another thread is overwritten
 * expect: no_amount_is_lost=assertion
 */
#include "met/error.h"
#include "met/tally.h"
#include <stdatomic.h>
#include <stdlib.h>

struct met_tally {
    _Atomic long total;
};

int met_tally_create(struct met_tally **out)
{
    struct met_tally *t = malloc(sizeof *t);
    if (!t)
        return MET_ENOMEM;
    atomic_init(&t->total, 0);
    *out = t;
    return 0;
}

void met_tally_destroy(struct met_tally *t)
{
    free(t);
}

void met_tally_add(struct met_tally *t, met_amount_fn *amount, void *ctx)
{
    long v = amount(ctx);
    long old = atomic_load(&t->total);
    atomic_store(&t->total, old + v);
}

long met_tally_total(const struct met_tally *t)
{
    return atomic_load_explicit(&t->total, memory_order_relaxed);
}

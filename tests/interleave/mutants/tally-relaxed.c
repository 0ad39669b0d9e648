/* SPDX-License-Identifier: MIT
 *
 * tally-relaxed.c - right: one relaxed update; nothing else is published by it
 * expect: *=passed
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
    atomic_fetch_add_explicit(&t->total, v, memory_order_relaxed);
}

long met_tally_total(const struct met_tally *t)
{
    return atomic_load_explicit(&t->total, memory_order_relaxed);
}

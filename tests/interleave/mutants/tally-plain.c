/* SPDX-License-Identifier: MIT
 *
 * tally-plain.c - adds to a plain variable
 * expect: no_amount_is_lost=race
 */
#include "met/error.h"
#include "met/tally.h"
#include <stdlib.h>

struct met_tally {
    long total;
};

int met_tally_create(struct met_tally **out)
{
    struct met_tally *t = malloc(sizeof *t);
    if (!t)
        return MET_ENOMEM;
    t->total = 0;
    *out = t;
    return 0;
}

void met_tally_destroy(struct met_tally *t)
{
    free(t);
}

void met_tally_add(struct met_tally *t, met_amount_fn *amount, void *ctx)
{
    t->total += amount(ctx);
}

long met_tally_total(const struct met_tally *t)
{
    return t->total;
}

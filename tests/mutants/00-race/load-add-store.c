/* SPDX-License-Identifier: MIT
 *
 * load-add-store.c - the right order and an atomic total, but three steps
 *
 * file: tally.c
 * loses: no_amount_is_lost a_total_is_never_torn no_data_race
 *        no_wrong_schedule
 * sentence: "no amount is lost"
 */
#include "met/tally.h"

#include "met/error.h"

#include <stdatomic.h>
#include <stdlib.h>

struct met_tally {
    atomic_long total;
};

int met_tally_create(struct met_tally **out)
{
    struct met_tally *t = calloc(1, sizeof *t);

    if (!t)
        return MET_ENOMEM;
    *out = t;
    return 0;
}

void met_tally_destroy(struct met_tally *t)
{
    free(t);
}

void met_tally_add(struct met_tally *t, met_amount_fn *amount, void *ctx)
{
    long more = amount(ctx);
    long seen = atomic_load(&t->total);

    atomic_store(&t->total, seen + more);
}

long met_tally_total(const struct met_tally *t)
{
    return t->total;
}

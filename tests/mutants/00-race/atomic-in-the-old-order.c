/* SPDX-License-Identifier: MIT
 *
 * atomic-in-the-old-order.c - an atomic total, but it is read before the
 * amount is asked for
 *
 * file: tally.c
 * loses: an_amount_may_itself_add an_amount_keeps_nobody_waiting
 *        no_amount_is_lost a_total_is_never_torn no_data_race
 *        no_wrong_schedule
 * sentence: "no amount is lost: amount may itself call any function of this
 *     file"
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
    long seen = t->total;

    seen += amount(ctx);
    t->total = seen;
}

long met_tally_total(const struct met_tally *t)
{
    return t->total;
}

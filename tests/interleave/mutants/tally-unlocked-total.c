/* SPDX-License-Identifier: MIT
 *
 * tally-unlocked-total.c - total reads without the lock
 * expect: total_while_adding=race no_amount_is_lost=passed
 */
#include "met/error.h"
#include "met/tally.h"
#include <pthread.h>
#include <stdlib.h>

struct met_tally {
    pthread_mutex_t lock;
    long total;
};

int met_tally_create(struct met_tally **out)
{
    struct met_tally *t = malloc(sizeof *t);
    if (!t)
        return MET_ENOMEM;
    pthread_mutex_init(&t->lock, NULL);
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
    long v = amount(ctx);
    pthread_mutex_lock(&t->lock);
    t->total += v;
    pthread_mutex_unlock(&t->lock);
}

long met_tally_total(const struct met_tally *t)
{
    return t->total;
}

/* SPDX-License-Identifier: MIT
 *
 * tally-locked-amount.c - holds the lock while amount runs
 * expect: amount_may_wait=livelock amount_may_call=deadlock no_amount_is_lost=passed
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
    pthread_mutex_lock(&t->lock);
    t->total += amount(ctx);
    pthread_mutex_unlock(&t->lock);
}

long met_tally_total(const struct met_tally *t)
{
    struct met_tally *w = (struct met_tally *)t;
    pthread_mutex_lock(&w->lock);
    long v = w->total;
    pthread_mutex_unlock(&w->lock);
    return v;
}

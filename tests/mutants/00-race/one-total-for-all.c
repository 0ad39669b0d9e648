/* SPDX-License-Identifier: MIT
 *
 * one-total-for-all.c - the total is static: all tallies share it
 *
 * file: tally.c
 * loses: sums_one_after_the_other no_wrong_schedule
 * sentence: "Makes a tally that stands at 0"
 */
#include "met/tally.h"

#include "met/error.h"

#include <pthread.h>
#include <stdlib.h>

struct met_tally {
    pthread_mutex_t lock;
};

static long total;
static pthread_mutex_t all = PTHREAD_MUTEX_INITIALIZER;

int met_tally_create(struct met_tally **out)
{
    struct met_tally *t = calloc(1, sizeof *t);

    if (!t)
        return MET_ENOMEM;
    pthread_mutex_init(&t->lock, NULL);
    *out = t;
    return 0;
}

void met_tally_destroy(struct met_tally *t)
{
    if (t)
        pthread_mutex_destroy(&t->lock);
    free(t);
}

void met_tally_add(struct met_tally *t, met_amount_fn *amount, void *ctx)
{
    (void)t;
    long more = amount(ctx);

    pthread_mutex_lock(&all);
    total += more;
    pthread_mutex_unlock(&all);
}

long met_tally_total(const struct met_tally *t)
{
    (void)t;
    pthread_mutex_lock(&all);
    long seen = total;
    pthread_mutex_unlock(&all);
    return seen;
}

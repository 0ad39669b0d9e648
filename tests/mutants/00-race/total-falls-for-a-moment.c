/* SPDX-License-Identifier: MIT
 *
 * total-falls-for-a-moment.c - an update stores 0 before the new total
 *
 * file: tally.c
 * loses: a_total_is_never_torn no_wrong_schedule
 * sentence: "the sum of all that was added before this call"
 */
#include "met/tally.h"

#include "met/error.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct met_tally {
    pthread_mutex_t lock;
    atomic_long total;
};

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
    long more = amount(ctx);

    pthread_mutex_lock(&t->lock);
    more += t->total;
    t->total = 0;
    t->total = more;
    pthread_mutex_unlock(&t->lock);
}

long met_tally_total(const struct met_tally *t)
{
    return t->total;
}

/* SPDX-License-Identifier: MIT
 *
 * total-without-lock.c - total reads while another thread writes
 *
 * file: tally.c
 * loses: a_total_is_never_torn no_data_race no_wrong_schedule
 * sentence: "add and total may run in any thread at any time"
 */
#include "met/tally.h"

#include "met/error.h"

#include <pthread.h>
#include <stdlib.h>

struct met_tally {
    pthread_mutex_t lock;
    long total;
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
    t->total += more;
    pthread_mutex_unlock(&t->lock);
}

long met_tally_total(const struct met_tally *t)
{
    return t->total;
}

/* SPDX-License-Identifier: MIT
 *
 * double-free.c - destroy frees twice
 *
 * file: tally.c
 * loses: sums_one_after_the_other create_and_destroy
 *        an_amount_may_itself_add an_amount_keeps_nobody_waiting
 *        no_amount_is_lost a_total_is_never_torn no_memory_error no_data_race
 *        no_wrong_schedule
 * sentence: "Releases the tally"
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
    pthread_mutex_t *lock = (pthread_mutex_t *)&t->lock;

    pthread_mutex_lock(lock);
    long total = t->total;
    pthread_mutex_unlock(lock);
    return total;
}

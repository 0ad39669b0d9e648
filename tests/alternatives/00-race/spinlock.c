/* SPDX-License-Identifier: MIT
 *
 * spinlock.c - a spinlock of pthreads around the total
 *
 * file: tally.c
 */
#include "met/tally.h"

#include "met/error.h"

#include <pthread.h>
#include <stdlib.h>

struct met_tally {
    pthread_spinlock_t lock;
    long total;
};

int met_tally_create(struct met_tally **out)
{
    struct met_tally *t = calloc(1, sizeof *t);

    if (!t)
        return MET_ENOMEM;
    pthread_spin_init(&t->lock, PTHREAD_PROCESS_PRIVATE);
    *out = t;
    return 0;
}

void met_tally_destroy(struct met_tally *t)
{
    if (t)
        pthread_spin_destroy(&t->lock);
    free(t);
}

void met_tally_add(struct met_tally *t, met_amount_fn *amount, void *ctx)
{
    long more = amount(ctx);

    pthread_spin_lock(&t->lock);
    t->total += more;
    pthread_spin_unlock(&t->lock);
}

long met_tally_total(const struct met_tally *t)
{
    pthread_spinlock_t *lock = (pthread_spinlock_t *)&t->lock;

    pthread_spin_lock(lock);
    long total = t->total;
    pthread_spin_unlock(lock);
    return total;
}

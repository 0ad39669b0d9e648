/* SPDX-License-Identifier: MIT
 *
 * in-another-thread.c - amount runs in a thread of its own
 *
 * file: tally.c
 * loses: none_yet
 * sentence: "in this thread"
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

struct asked {
    met_amount_fn *amount;
    void *ctx;
    long more;
};

static void *ask(void *p)
{
    struct asked *a = p;

    a->more = a->amount(a->ctx);
    return NULL;
}

void met_tally_add(struct met_tally *t, met_amount_fn *amount, void *ctx)
{
    struct asked a = {amount, ctx, 0};
    pthread_t thread;

    if (pthread_create(&thread, NULL, ask, &a) != 0)
        return;
    pthread_join(thread, NULL);
    pthread_mutex_lock(&t->lock);
    t->total += a.more;
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

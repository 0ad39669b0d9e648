/* SPDX-License-Identifier: MIT
 *
 * unlock-between.c - the lock is given back between reading and writing
 *
 * file: counter.c
 * loses: no_increment_is_lost no_amount_is_lost
 *        a_reader_never_sees_it_fall exact_from_threads no_data_race
 *        no_wrong_schedule
 * sentence: "no update is lost"
 */
#include "met/counter.h"

#include "met/error.h"

#include <pthread.h>
#include <stdlib.h>

struct met_counter {
    pthread_mutex_t lock;
    double value;
};

int met_counter_create(struct met_counter **out)
{
    struct met_counter *c = malloc(sizeof *c);

    if (!c)
        return MET_ENOMEM;
    pthread_mutex_init(&c->lock, NULL);
    c->value = 0.0;
    *out = c;
    return 0;
}

void met_counter_destroy(struct met_counter *c)
{
    if (c)
        pthread_mutex_destroy(&c->lock);
    free(c);
}

static void add(struct met_counter *c, double v)
{
    pthread_mutex_lock(&c->lock);
    double seen = c->value;
    pthread_mutex_unlock(&c->lock);
    pthread_mutex_lock(&c->lock);
    c->value = seen + v;
    pthread_mutex_unlock(&c->lock);
}

void met_counter_inc(struct met_counter *c)
{
    add(c, 1.0);
}

int met_counter_add(struct met_counter *c, double v)
{
    if (!(v >= 0.0))
        return MET_EINVAL;
    add(c, v);
    return 0;
}

double met_counter_value(const struct met_counter *c)
{
    pthread_mutex_t *lock = (pthread_mutex_t *)&c->lock;

    pthread_mutex_lock(lock);
    double value = c->value;
    pthread_mutex_unlock(lock);
    return value;
}

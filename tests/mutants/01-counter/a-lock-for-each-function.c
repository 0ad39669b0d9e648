/* SPDX-License-Identifier: MIT
 *
 * a-lock-for-each-function.c - inc and add each have a lock of their own
 *
 * file: counter.c
 * loses: a_reader_never_sees_it_fall exact_from_threads no_data_race
 *        no_wrong_schedule
 * sentence: "no update is lost: the lock must be the same one for all that
 *     use the value"
 */
#include "met/counter.h"

#include "met/error.h"

#include <pthread.h>
#include <stdlib.h>

struct met_counter {
    pthread_mutex_t inc_lock, add_lock;
    double value;
};

int met_counter_create(struct met_counter **out)
{
    struct met_counter *c = malloc(sizeof *c);

    if (!c)
        return MET_ENOMEM;
    pthread_mutex_init(&c->inc_lock, NULL);
    pthread_mutex_init(&c->add_lock, NULL);
    c->value = 0.0;
    *out = c;
    return 0;
}

void met_counter_destroy(struct met_counter *c)
{
    if (c) {
        pthread_mutex_destroy(&c->inc_lock);
        pthread_mutex_destroy(&c->add_lock);
    }
    free(c);
}

static void add(struct met_counter *c, double v, pthread_mutex_t *lock)
{
    pthread_mutex_lock(lock);
    c->value += v;
    pthread_mutex_unlock(lock);
}

void met_counter_inc(struct met_counter *c)
{
    add(c, 1.0, &c->inc_lock);
}

int met_counter_add(struct met_counter *c, double v)
{
    if (!(v >= 0.0))
        return MET_EINVAL;
    add(c, v, &c->add_lock);
    return 0;
}

double met_counter_value(const struct met_counter *c)
{
    pthread_mutex_t *lock = (pthread_mutex_t *)&c->add_lock;

    pthread_mutex_lock(lock);
    double value = c->value;
    pthread_mutex_unlock(lock);
    return value;
}

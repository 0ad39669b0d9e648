/* SPDX-License-Identifier: MIT
 *
 * two-sums.c - inc and add update two sums; value adds them up without a
 * lock
 *
 * file: counter.c
 * loses: a_reader_never_sees_it_fall no_data_race no_wrong_schedule
 * sentence: "no update is lost: inc and add must update one and the same
 *     sum"
 */
#include "met/counter.h"

#include "met/error.h"

#include <pthread.h>
#include <stdlib.h>

struct met_counter {
    pthread_mutex_t lock;
    double added;
    long increments;
};

int met_counter_create(struct met_counter **out)
{
    struct met_counter *c = malloc(sizeof *c);

    if (!c)
        return MET_ENOMEM;
    pthread_mutex_init(&c->lock, NULL);
    c->added = 0.0;
    c->increments = 0;
    *out = c;
    return 0;
}

void met_counter_destroy(struct met_counter *c)
{
    if (c)
        pthread_mutex_destroy(&c->lock);
    free(c);
}

void met_counter_inc(struct met_counter *c)
{
    pthread_mutex_lock(&c->lock);
    c->increments++;
    pthread_mutex_unlock(&c->lock);
}

int met_counter_add(struct met_counter *c, double v)
{
    if (!(v >= 0.0))
        return MET_EINVAL;
    pthread_mutex_lock(&c->lock);
    c->added += v;
    pthread_mutex_unlock(&c->lock);
    return 0;
}

double met_counter_value(const struct met_counter *c)
{
    return c->added + (double)c->increments;
}

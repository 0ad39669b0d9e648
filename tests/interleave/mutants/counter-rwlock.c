/* SPDX-License-Identifier: MIT
 *
 * counter-rwlock.c - right: a read-write lock
 * expect: *=passed
 */
#include "met/counter.h"
#include "met/error.h"
#include <math.h>
#include <pthread.h>
#include <stdlib.h>

struct met_counter {
    pthread_rwlock_t lock;
    double value;
};

int met_counter_create(struct met_counter **out)
{
    struct met_counter *c = malloc(sizeof *c);
    if (!c)
        return MET_ENOMEM;
    pthread_rwlock_init(&c->lock, NULL);
    c->value = 0;
    *out = c;
    return 0;
}

void met_counter_destroy(struct met_counter *c)
{
    free(c);
}

void met_counter_inc(struct met_counter *c)
{
    (void)met_counter_add(c, 1);
}

int met_counter_add(struct met_counter *c, double v)
{
    if (isnan(v) || v < 0)
        return MET_EINVAL;
    pthread_rwlock_wrlock(&c->lock);
    c->value += v;
    pthread_rwlock_unlock(&c->lock);
    return 0;
}

double met_counter_value(const struct met_counter *c)
{
    struct met_counter *w = (struct met_counter *)c;
    pthread_rwlock_rdlock(&w->lock);
    double v = w->value;
    pthread_rwlock_unlock(&w->lock);
    return v;
}

/* SPDX-License-Identifier: MIT
 *
 * counter-keeps-lock.c - returns with the lock held when it refuses
 * expect: refused_beside_inc=deadlock no_update_is_lost=passed
 */
#include "met/counter.h"
#include "met/error.h"
#include <math.h>
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
    pthread_mutex_lock(&c->lock);
    if (isnan(v) || v < 0)
        return MET_EINVAL;
    c->value += v;
    pthread_mutex_unlock(&c->lock);
    return 0;
}

double met_counter_value(const struct met_counter *c)
{
    struct met_counter *w = (struct met_counter *)c;
    pthread_mutex_lock(&w->lock);
    double v = w->value;
    pthread_mutex_unlock(&w->lock);
    return v;
}

/* SPDX-License-Identifier: MIT
 *
 * counter-inc-unlike-add.c - inc takes the lock, add does not
 * expect: add_beside_inc=race no_update_is_lost=passed
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
    pthread_mutex_lock(&c->lock);
    c->value += 1;
    pthread_mutex_unlock(&c->lock);
}

int met_counter_add(struct met_counter *c, double v)
{
    if (isnan(v) || v < 0)
        return MET_EINVAL;
    c->value += v;
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

/* SPDX-License-Identifier: MIT
 *
 * wraps-at-2-64.c - an unsigned integer beside the double takes whole
 * amounts, and wraps
 *
 * file: counter.c
 * loses: beyond_2_53_it_never_falls
 * sentence: "the value never falls and never wraps"
 */
#include "met/counter.h"

#include "met/error.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>

struct met_counter {
    pthread_mutex_t lock;
    unsigned long long whole;
    double rest;
};

int met_counter_create(struct met_counter **out)
{
    struct met_counter *c = malloc(sizeof *c);

    if (!c)
        return MET_ENOMEM;
    pthread_mutex_init(&c->lock, NULL);
    c->whole = 0;
    c->rest = 0.0;
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
    if (v < 18446744073709551616.0 && floor(v) == v)
        c->whole += (unsigned long long)v;
    else
        c->rest += v;
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
    double value = (double)c->whole + c->rest;
    pthread_mutex_unlock(lock);
    return value;
}

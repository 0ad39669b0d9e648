/* SPDX-License-Identifier: MIT
 *
 * falls-for-a-moment.c - an update stores 0 before the new sum
 *
 * file: counter.c
 * loses: a_reader_never_sees_it_fall no_wrong_schedule
 * sentence: "The values that one thread reads never go down"
 */
#include "met/counter.h"

#include "met/error.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct met_counter {
    pthread_mutex_t lock;
    _Atomic double value;
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
    double sum = c->value + v;
    c->value = 0.0;
    c->value = sum;
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
    return atomic_load(&c->value);
}

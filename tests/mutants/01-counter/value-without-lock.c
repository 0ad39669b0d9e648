/* SPDX-License-Identifier: MIT
 *
 * value-without-lock.c - value reads while another thread writes
 *
 * file: counter.c
 * loses: a_reader_never_sees_it_fall no_data_race no_wrong_schedule
 * sentence: "inc, add and value may run in any thread at any time on the
 *     same counter"
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
    c->value += v;
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
    return c->value;
}

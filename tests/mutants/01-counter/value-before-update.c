/* SPDX-License-Identifier: MIT
 *
 * value-before-update.c - value is one update behind
 *
 * file: counter.c
 * loses: inc_adds_1 add_adds_fractions add_refuses_negative_amounts
 *        add_refuses_nan add_takes_infinity counters_are_apart
 *        whole_numbers_are_exact no_increment_is_lost no_amount_is_lost
 *        any_amounts_are_summed a_refused_amount_changes_nothing
 *        a_reader_never_sees_it_fall exact_from_threads no_memory_error
 *        no_data_race no_wrong_schedule
 * sentence: "Returns the sum of all that was added before this call"
 */
#include "met/counter.h"

#include "met/error.h"

#include <pthread.h>
#include <stdlib.h>

struct met_counter {
    pthread_mutex_t lock;
    double value, before;
};

int met_counter_create(struct met_counter **out)
{
    struct met_counter *c = malloc(sizeof *c);

    if (!c)
        return MET_ENOMEM;
    pthread_mutex_init(&c->lock, NULL);
    c->value = c->before = 0.0;
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
    c->before = c->value;
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
    pthread_mutex_t *lock = (pthread_mutex_t *)&c->lock;

    pthread_mutex_lock(lock);
    double value = c->before;
    pthread_mutex_unlock(lock);
    return value;
}

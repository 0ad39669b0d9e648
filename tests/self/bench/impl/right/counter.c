/* SPDX-License-Identifier: MIT
 *
 * counter.c - a right counter for the tests of the harness: a plain double,
 * behind one lock
 */
#include <met/counter.h>

#include <pthread.h>
#include <stdlib.h>

#include <met/error.h>

/* How much one inc() adds: a wrong copy of this file sets another number. */
#ifndef STEP
#define STEP 1
#endif

/* Thread-local, and more than the loader keeps free for what is loaded later: the
 * harness must have made room (harness/load.h). */
static _Thread_local volatile char much[4096];

struct met_counter {
    pthread_mutex_t lock;
    double value;
};

int met_counter_create(struct met_counter **out)
{
    struct met_counter *c = calloc(1, sizeof *c);

    if (c == NULL)
        return MET_ENOMEM;
    pthread_mutex_init(&c->lock, NULL);
    *out = c;
    return 0;
}

void met_counter_destroy(struct met_counter *c)
{
    if (c == NULL)
        return;
    pthread_mutex_destroy(&c->lock);
    free(c);
}

int met_counter_add(struct met_counter *c, double v)
{
    if (!(v >= 0))
        return MET_EINVAL;
    pthread_mutex_lock(&c->lock);
    c->value += v;
    pthread_mutex_unlock(&c->lock);
    return 0;
}

void met_counter_inc(struct met_counter *c)
{
    much[0] = 1;
    met_counter_add(c, STEP);
}

double met_counter_value(const struct met_counter *c)
{
    return c->value;
}

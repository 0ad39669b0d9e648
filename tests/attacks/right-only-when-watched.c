/* SPDX-License-Identifier: MIT
 *
 * right-only-when-watched.c - asks the preprocessor whether a sanitizer
 * looks, and takes a lock only then
 *
 * lab: 01-counter
 * file: counter.c
 * harmless: all builds are of one preprocessed text: the question is
 *     answered for the plain one
 */
#include "met/counter.h"

#include "met/error.h"

#include <stdlib.h>

#ifndef NO_ATTACK
#ifndef __has_feature
#define __has_feature(x) 0
#endif
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__) || \
    __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define WATCHED 1
#else
#define WATCHED 0
#endif
#include <pthread.h>
static pthread_mutex_t when_watched = PTHREAD_MUTEX_INITIALIZER;
#endif

struct met_counter {
    double value;
};

int met_counter_create(struct met_counter **out)
{
    struct met_counter *c = calloc(1, sizeof *c);

    if (!c)
        return MET_ENOMEM;
    *out = c;
    return 0;
}

void met_counter_destroy(struct met_counter *c)
{
    free(c);
}

void met_counter_inc(struct met_counter *c)
{
#ifndef NO_ATTACK
    if (WATCHED) {
        pthread_mutex_lock(&when_watched);
        c->value += 1;
        pthread_mutex_unlock(&when_watched);
        return;
    }
#endif
    c->value += 1;
}

int met_counter_add(struct met_counter *c, double v)
{
    if (v < 0)
        return MET_EINVAL;
    c->value += (double)(long)v;
    return 0;
}

double met_counter_value(const struct met_counter *c)
{
    return c->value;
}

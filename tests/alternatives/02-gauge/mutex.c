/* SPDX-License-Identifier: MIT
 *
 * mutex.c - a lock around a plain double
 *
 * file: gauge.c
 */
#include "met/gauge.h"

#include "met/error.h"

#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>
#include <time.h>

struct met_gauge {
    pthread_mutex_t lock;
    double value;
};

int met_gauge_create(struct met_gauge **out)
{
    struct met_gauge *g = malloc(sizeof *g);

    if (!g)
        return MET_ENOMEM;
    pthread_mutex_init(&g->lock, NULL);
    g->value = 0.0;
    *out = g;
    return 0;
}

void met_gauge_destroy(struct met_gauge *g)
{
    if (g)
        pthread_mutex_destroy(&g->lock);
    free(g);
}

void met_gauge_set(struct met_gauge *g, double v)
{
    pthread_mutex_lock(&g->lock);
    g->value = v;
    pthread_mutex_unlock(&g->lock);
}

void met_gauge_inc(struct met_gauge *g)
{
    met_gauge_add(g, 1.0);
}

void met_gauge_dec(struct met_gauge *g)
{
    met_gauge_add(g, -1.0);
}

void met_gauge_add(struct met_gauge *g, double v)
{
    pthread_mutex_lock(&g->lock);
    g->value += v;
    pthread_mutex_unlock(&g->lock);
}

void met_gauge_sub(struct met_gauge *g, double v)
{
    met_gauge_add(g, -v);
}

void met_gauge_set_to_current_time(struct met_gauge *g)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    met_gauge_set(g, (double)now.tv_sec + (double)now.tv_nsec / 1e9);
}

double met_gauge_value(const struct met_gauge *g)
{
    pthread_mutex_t *lock = (pthread_mutex_t *)&g->lock; /* a hidden detail */

    pthread_mutex_lock(lock);
    double value = g->value;
    pthread_mutex_unlock(lock);
    return value;
}

void met_in_progress_begin(struct met_in_progress *p, struct met_gauge *g)
{
    met_gauge_inc(g);
    p->gauge = g;
}

void met_in_progress_end(struct met_in_progress *p)
{
    if (p->gauge)
        met_gauge_dec(p->gauge);
    p->gauge = NULL;
}

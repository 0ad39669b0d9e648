/* SPDX-License-Identifier: MIT
 *
 * sharded.c - one of 16 sums for each thread, each on a cache line of its
 * own; the value adds them up. Threads get their shard by the order in which
 * they come
 *
 * file: counter.c
 */
#include "met/counter.h"

#include "met/error.h"

#include <stdatomic.h>
#include <stdlib.h>

enum { SHARDS = 16, LINE = 64 };

struct shard {
    _Alignas(LINE) _Atomic double sum;
};

struct met_counter {
    struct shard shard[SHARDS];
};

static atomic_uint threads;
static _Thread_local unsigned mine; /* my number, from 1; 0: none yet */

int met_counter_create(struct met_counter **out)
{
    struct met_counter *c = aligned_alloc(LINE, sizeof *c);

    if (!c)
        return MET_ENOMEM;
    for (int i = 0; i < SHARDS; i++)
        atomic_init(&c->shard[i].sum, 0.0);
    *out = c;
    return 0;
}

void met_counter_destroy(struct met_counter *c)
{
    free(c);
}

static void add(struct met_counter *c, double v)
{
    if (mine == 0)
        mine = atomic_fetch_add(&threads, 1) + 1;
    _Atomic double *sum = &c->shard[mine % SHARDS].sum;
    double seen = atomic_load(sum);

    while (!atomic_compare_exchange_weak(sum, &seen, seen + v))
        ;
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
    double sum = 0;

    for (int i = 0; i < SHARDS; i++)
        sum += atomic_load(&c->shard[i].sum);
    return sum;
}

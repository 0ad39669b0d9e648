/* SPDX-License-Identifier: MIT
 *
 * load-add-store.c - each step is atomic, the three together are not
 *
 * file: counter.c
 * loses: no_increment_is_lost no_amount_is_lost
 *        a_reader_never_sees_it_fall exact_from_threads no_data_race
 *        no_wrong_schedule
 * sentence: "no update is lost"
 */
#include "met/counter.h"

#include "met/error.h"

#include <stdatomic.h>
#include <stdlib.h>

struct met_counter {
    _Atomic double value;
};

int met_counter_create(struct met_counter **out)
{
    struct met_counter *c = malloc(sizeof *c);

    if (!c)
        return MET_ENOMEM;
    atomic_init(&c->value, 0.0);
    *out = c;
    return 0;
}

void met_counter_destroy(struct met_counter *c)
{
    free(c);
}

static void add(struct met_counter *c, double v)
{
    double seen = atomic_load(&c->value);

    atomic_store(&c->value, seen + v);
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

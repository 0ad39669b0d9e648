/* SPDX-License-Identifier: MIT
 *
 * inc-adds-2.c - inc adds 2
 *
 * file: counter.c
 * loses: inc_adds_1 add_adds_fractions counters_are_apart
 *        whole_numbers_are_exact no_increment_is_lost any_amounts_are_summed
 *        a_reader_never_sees_it_fall exact_from_threads no_data_race
 *        no_wrong_schedule
 * sentence: "Adds 1"
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

    while (!atomic_compare_exchange_weak(&c->value, &seen, seen + v))
        ;
}

void met_counter_inc(struct met_counter *c)
{
    add(c, 2.0);
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

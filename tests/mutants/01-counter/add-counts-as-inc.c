/* SPDX-License-Identifier: MIT
 *
 * add-counts-as-inc.c - add adds 1 whatever the amount
 *
 * file: counter.c
 * loses: add_adds_fractions add_of_zero_changes_nothing
 *        add_refuses_negative_amounts add_refuses_nan add_takes_infinity
 *        counters_are_apart whole_numbers_are_exact no_amount_is_lost
 *        any_amounts_are_summed a_refused_amount_changes_nothing
 *        beyond_2_53_it_never_falls exact_from_threads no_memory_error
 *        no_data_race no_wrong_schedule
 * sentence: "Adds v"
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
    add(c, 1.0);
}

int met_counter_add(struct met_counter *c, double v)
{
    if (!(v >= 0.0))
        return MET_EINVAL;
    add(c, 1.0);
    return 0;
}

double met_counter_value(const struct met_counter *c)
{
    return atomic_load(&c->value);
}

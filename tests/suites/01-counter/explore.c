/* SPDX-License-Identifier: MIT
 *
 * explore.c - lab 01 under the schedule explorer: the counter in every order
 */
#include "interleave.h"
#include "met/counter.h"
#include <stddef.h>

static struct met_counter *counter;

static void setup(void)
{
    if (met_counter_create(&counter) < 0)
        il_skip();
}

static void value_is(double expected)
{
    il_expect_double("value", met_counter_value(counter), expected);
    met_counter_destroy(counter);
}

/* ---- no update is lost ---- */

static void inc(void)
{
    met_counter_inc(counter);
}

static void inc_twice(void)
{
    met_counter_inc(counter);
    met_counter_inc(counter);
}

static void add_half(void)
{
    il_expect_long("what add returns", met_counter_add(counter, 0.5), 0);
}

static void add_two(void)
{
    il_expect_long("what add returns", met_counter_add(counter, 2), 0);
}

static void add_one(void)
{
    il_expect_long("what add returns", met_counter_add(counter, 1), 0);
}

static void refused(void)
{
    il_expect("add returns an error for -1", met_counter_add(counter, -1) < 0);
}

static void is_two(void)
{
    value_is(2);
}

static void is_four(void)
{
    value_is(4);
}

static void is_one_and_a_half(void)
{
    value_is(1.5);
}

static void is_two_and_a_half(void)
{
    value_is(2.5);
}

static void is_one(void)
{
    value_is(1);
}

/* ---- the values that one thread reads never go down ---- */

static void read_three_times(void)
{
    double first = met_counter_value(counter);
    double second = met_counter_value(counter);
    double third = met_counter_value(counter);
    il_expect("the second value is not below the first", second >= first);
    il_expect("the third value is not below the second", third >= second);
}

/* ---- every value is a sum of whole additions, in some order ---- */

enum { ADD, VALUE };

static void start(void *state)
{
    *(double *)state = 0;
}

static int step(void *state, const struct il_call *call)
{
    double *sum = state;
    if (call->what == VALUE)
        return call->result == *sum;
    *sum += call->argument;
    return call->result == 0;
}

static const char *name(int what)
{
    return what == ADD ? "add(%a)" : "value() = %r";
}

static const struct il_spec sequential = {sizeof(double), start, step, name};

static void add(double v)
{
    int call = il_begin(ADD, v);
    il_end(call, met_counter_add(counter, v));
}

static void value(void)
{
    int call = il_begin(VALUE, 0);
    il_end(call, met_counter_value(counter));
}

static void add_three_then_read(void)
{
    add(3);
    value();
}

static void add_half_then_read(void)
{
    add(0.5);
    value();
}

const struct il_scenario il_scenarios[] = {
    {.name = "no_update_is_lost",
     .says = "No update is lost.",
     .setup = setup,
     .threads = {inc, inc},
     .check = is_two},
    {.name = "no_update_is_lost_twice",
     .says = "No update is lost.",
     .setup = setup,
     .threads = {inc_twice, inc_twice},
     .check = is_four},
    {.name = "add_beside_inc",
     .says = "No update is lost: inc and add may run at any time.",
     .setup = setup,
     .threads = {inc, add_half},
     .check = is_one_and_a_half},
    {.name = "add_beside_add",
     .says = "No update is lost: add may run in any thread at any time.",
     .setup = setup,
     .threads = {add_half, add_two},
     .check = is_two_and_a_half},
    {.name = "whole_numbers_beside_inc",
     .says = "A sum of whole numbers is exact.",
     .setup = setup,
     .threads = {inc, add_one},
     .check = is_two},
    {.name = "whole_numbers_beside_each_other",
     .says = "A sum of whole numbers is exact.",
     .setup = setup,
     .threads = {add_one, add_one},
     .check = is_two},
    {.name = "refused_beside_inc",
     .says = "add returns MET_EINVAL when v is negative; then nothing changes.",
     .setup = setup,
     .threads = {inc, refused},
     .check = is_one},
    {.name = "value_never_falls",
     .says = "The values that one thread reads never go down.",
     .setup = setup,
     .threads = {inc_twice, read_three_times},
     .check = is_two},
    {.name = "value_is_a_sum_of_adds",
     .says = "value returns the sum of all that was added before this call, "
             "and perhaps of some that is being added during it.",
     .setup = setup,
     .threads = {add_three_then_read, add_half_then_read},
     .spec = &sequential},
    {.name = NULL},
};

/* SPDX-License-Identifier: MIT
 *
 * explore.c - lab 02 under the schedule explorer: the gauge in every order
 */
#include "interleave.h"
#include "met/gauge.h"
#include <stddef.h>

static struct met_gauge *gauge;

static void setup(void)
{
    if (met_gauge_create(&gauge) < 0)
        il_skip();
}

static void value_is(double expected)
{
    il_expect_double("value", met_gauge_value(gauge), expected);
    met_gauge_destroy(gauge);
}

/* ---- no update is lost ---- */

static void inc(void)
{
    met_gauge_inc(gauge);
}

static void dec(void)
{
    met_gauge_dec(gauge);
}

static void add_three(void)
{
    met_gauge_add(gauge, 3);
}

static void sub_half(void)
{
    met_gauge_sub(gauge, 0.5);
}

static void inc_then_dec(void)
{
    met_gauge_inc(gauge);
    met_gauge_dec(gauge);
}

static void work(void)
{
    struct met_in_progress p = {0};

    met_in_progress_begin(&p, gauge);
    met_in_progress_end(&p);
}

static void is_zero(void)
{
    value_is(0);
}

static void is_one(void)
{
    value_is(1);
}

static void is_two(void)
{
    value_is(2);
}

static void is_one_and_a_half(void)
{
    value_is(1.5);
}

static void is_two_and_a_half(void)
{
    value_is(2.5);
}

/* ---- set and add are one step each ---- */

enum { SET, ADD, VALUE };

static void start(void *state)
{
    *(double *)state = 0;
}

static int step(void *state, const struct il_call *call)
{
    double *value = state;

    switch (call->what) {
    case SET: *value = call->argument; return 1;
    case ADD: *value += call->argument; return 1;
    default: return call->result == *value;
    }
}

static const char *name(int what)
{
    static const char *const names[] = {"set(%a)", "add(%a)", "value() = %r"};

    return names[what];
}

static const struct il_spec sequential = {sizeof(double), start, step, name};

static void set(double v)
{
    int call = il_begin(SET, v);

    met_gauge_set(gauge, v);
    il_end(call, 0);
}

static void add(double v)
{
    int call = il_begin(ADD, v);

    met_gauge_add(gauge, v);
    il_end(call, 0);
}

static void value(void)
{
    int call = il_begin(VALUE, 0);

    il_end(call, met_gauge_value(gauge));
}

static void set_ten(void)
{
    set(10);
}

static void set_ten_then_twenty(void)
{
    set(10);
    set(20);
}

static void add_one(void)
{
    add(1);
}

static void add_one_then_read(void)
{
    add(1);
    value();
}

static void set_ten_then_read(void)
{
    set(10);
    value();
}

static void read_twice(void)
{
    value();
    value();
}

/* The value at the end is part of the order, too. */
static void read_at_the_end(void)
{
    value();
    met_gauge_destroy(gauge);
}

const struct il_scenario il_scenarios[] = {
    {.name = "inc_beside_inc",
     .says = "inc, dec, add and sub lose no update.",
     .setup = setup,
     .threads = {inc, inc},
     .does = {"inc()", "inc()"},
     .check = is_two},
    {.name = "inc_beside_dec",
     .says = "inc, dec, add and sub lose no update.",
     .setup = setup,
     .threads = {inc_then_dec, inc},
     .does = {"inc(), dec()", "inc()"},
     .check = is_one},
    {.name = "add_beside_sub",
     .says = "inc, dec, add and sub lose no update.",
     .setup = setup,
     .threads = {add_three, sub_half},
     .does = {"add(3)", "sub(0.5)"},
     .check = is_two_and_a_half},
    {.name = "sub_beside_dec",
     .says = "inc, dec, add and sub lose no update.",
     .setup = setup,
     .threads = {dec, sub_half, add_three},
     .does = {"dec()", "sub(0.5)", "add(3)"},
     .check = is_one_and_a_half},
    {.name = "work_beside_work",
     .says = "Any number of them may count on one gauge.",
     .setup = setup,
     .threads = {work, work},
     .does = {"begins work, ends it", "begins work, ends it"},
     .check = is_zero},
    {.name = "set_beside_add",
     .says = "A set beside them is one step, too.",
     .setup = setup,
     .threads = {set_ten, add_one},
     .does = {"set(10)", "add(1)"},
     .check = read_at_the_end,
     .spec = &sequential},
    {.name = "set_beside_add_and_read",
     .says = "What is read later is the value of one such order, never "
             "something between.",
     .setup = setup,
     .threads = {set_ten_then_read, add_one_then_read},
     .does = {"set(10), value()", "add(1), value()"},
     .check = read_at_the_end,
     .spec = &sequential},
    {.name = "sets_beside_reads",
     .says = "What is read later is the value of one such order, never "
             "something between.",
     .setup = setup,
     .threads = {set_ten_then_twenty, read_twice},
     .does = {"set(10), set(20)", "value(), value()"},
     .check = read_at_the_end,
     .spec = &sequential},
    {.name = NULL},
};

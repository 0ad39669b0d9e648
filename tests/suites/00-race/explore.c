/* SPDX-License-Identifier: MIT
 *
 * explore.c - lab 00 under the schedule explorer: the tally in every order
 *
 * The amounts are fixed, so a wrong total means a lost or doubled amount.
 */
#include "interleave.h"
#include "met/tally.h"
#include <stdatomic.h>
#include <stddef.h>

static struct met_tally *tally, *other;
static _Atomic int opened;

static void setup(void)
{
    if (met_tally_create(&tally) < 0 || met_tally_create(&other) < 0)
        il_skip();
}

static long one(void *unused)
{
    (void)unused;
    return 1;
}

static long minus_two(void *unused)
{
    (void)unused;
    return -2;
}

static void add_one(void)
{
    met_tally_add(tally, one, NULL);
}

static void add_minus_two(void)
{
    met_tally_add(tally, minus_two, NULL);
}

static void add_one_twice(void)
{
    add_one();
    add_one();
}

static void total_is(long expected)
{
    il_expect_long("total", met_tally_total(tally), expected);
    met_tally_destroy(tally);
    met_tally_destroy(other);
}

static void total_is_two(void)
{
    total_is(2);
}

static void total_is_minus_one(void)
{
    total_is(-1);
}

static void total_is_four(void)
{
    total_is(4);
}

/* A reader sees what one thread adds in order. */
static void read_twice(void)
{
    long first = met_tally_total(tally);
    long second = met_tally_total(tally);
    il_expect("the second total is not below the first", second >= first);
}

/* The amount waits for another call on the same tally: an add that keeps a
 * lock meanwhile never ends. */
static long wait_for_the_other(void *unused)
{
    (void)unused;
    while (!atomic_load(&opened)) {
    }
    return 1;
}

static void add_that_waits(void)
{
    met_tally_add(tally, wait_for_the_other, NULL);
}

static void add_then_open(void)
{
    add_one();
    atomic_store(&opened, 1);
}

/* The amount adds to another tally and reads this one. */
static long nested(void *unused)
{
    (void)unused;
    met_tally_add(other, one, NULL);
    return met_tally_total(tally) >= 0 ? 1 : 0;
}

static void add_nested(void)
{
    met_tally_add(tally, nested, NULL);
}

const struct il_scenario il_scenarios[] = {
    {.name = "no_amount_is_lost",
     .says = "No amount is lost.",
     .setup = setup,
     .threads = {add_one, add_one},
     .check = total_is_two},
    {.name = "amounts_may_be_negative",
     .says = "No amount is lost. It may be negative.",
     .setup = setup,
     .threads = {add_one, add_minus_two},
     .check = total_is_minus_one},
    {.name = "no_amount_is_lost_twice",
     .says = "No amount is lost.",
     .setup = setup,
     .threads = {add_one_twice, add_one_twice},
     .check = total_is_four},
    {.name = "total_while_adding",
     .says = "add and total may run in any thread at any time.",
     .setup = setup,
     .threads = {add_one_twice, read_twice}},
    {.name = "amount_may_wait",
     .says = "While amount runs, other calls on the same tally are not kept "
             "waiting.",
     .setup = setup,
     .threads = {add_that_waits, add_then_open},
     .check = total_is_two},
    {.name = "amount_may_call",
     .says = "amount may itself call any function of this file on any tally "
             "but destroy.",
     .setup = setup,
     .threads = {add_nested, add_nested},
     .check = total_is_two},
    {.name = NULL},
};

/* SPDX-License-Identifier: MIT
 *
 * hidden.c - the graded tests of lab 02 that a student does not see
 *
 * Their numbers cannot be foreseen, so answers cannot be written down.
 */
#include "judge/judge.h"

#include <float.h>
#include <math.h>

#define SUITE hidden

static struct met_gauge *new_gauge(void)
{
    struct met_gauge *g = NULL;

    EXPECT_CODE(met_gauge_create(&g), 0);
    EXPECT(g != NULL, "met_gauge_create stores a gauge in *out", "NULL");
    return g;
}

/* Quarters are exact in a double: their sum does not depend on the order.
 * Never 0, never whole. */
static double unforeseen_amount(void)
{
    return (double)(2 * unforeseen(1, 1 << 19) + 1) / 4;
}

enum update { SET, ADD, SUB, INC, DEC };

static double apply(struct met_gauge *g, enum update what, double value,
                    double v)
{
    switch (what) {
    case SET: met_gauge_set(g, v); return v;
    case ADD: met_gauge_add(g, v); return value + v;
    case SUB: met_gauge_sub(g, v); return value - v;
    case INC: met_gauge_inc(g); return value + 1;
    default: met_gauge_dec(g); return value - 1;
    }
}

/* The amounts are unforeseen, the calls and signs are not: each stands at 0,
 * above it, and below it, so that what is found does not depend on luck. */
GRADED(any_updates_in_any_order, 3,
       "Makes v the value, whatever it was. Adds v. Subtracts v. Adds 1. "
       "Subtracts 1.",
       .hint = "The value after each call depends on the value before it, "
               "except after set.")
{
    static const struct {
        enum update what;
        int sign;
    } calls[] = {{DEC, 0}, {INC, 0},  {INC, 0},  {DEC, 0},  {ADD, 1}, {ADD, 1},
                 {DEC, 0}, {SET, 1},  {ADD, -1}, {SET, -1}, {SUB, 1}, {DEC, 0},
                 {INC, 0}, {SUB, -1}, {SET, -1}, {ADD, -1}, {SET, 1}, {SUB, 1},
                 {SET, 1}, {INC, 0},  {SUB, -1}, {ADD, 1}};
    struct met_gauge *g = new_gauge();
    double value = 0;

    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        double v = calls[i].sign * unforeseen_amount();
        value = apply(g, calls[i].what, value, v);
        EXPECT_DOUBLE(met_gauge_value(g), value);
    }
    met_gauge_destroy(g);
}

GRADED(every_double_is_kept, 2, "Values are IEEE doubles.",
       .hint = "Is the value a double everywhere on its way?")
{
    const double values[] = {DBL_MAX,          -DBL_MAX, DBL_MIN,
                             DBL_TRUE_MIN,     1 / 3.0,  9007199254740991,
                             9007199254740992, 1e-300,   -1e300};
    struct met_gauge *g = new_gauge();

    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        met_gauge_set(g, values[i]);
        EXPECT_DOUBLE(met_gauge_value(g), values[i]);
        met_gauge_add(g, -values[i]);
        EXPECT_DOUBLE(met_gauge_value(g), 0);
    }
    double v = ldexp((double)unforeseen(1, 1 << 30), -(int)unforeseen(1, 60));
    met_gauge_set(g, v);
    EXPECT_DOUBLE(met_gauge_value(g), v);
    met_gauge_destroy(g);
}

GRADED(a_set_beside_adds_is_one_step, 3,
       "A set beside them is one step, too: it comes before or after each of "
       "them, and what is read later is the value of one such order, never "
       "something between.",
       .hint = "An add whose set came between must begin again.",
       .threads = true,
       .schedules = "set_beside_add set_beside_add_and_read sets_beside_reads")
{
    double rounds = (double)unforeseen(500, 900), out[2];

    scenario("gauge_sets_beside_adds", (double[]){rounds}, 1, out, 2);
    EXPECT(out[0] == 0, "each value read is one that some order can give",
           "%g times it was something between", out[0]);
    EXPECT(out[1] == 0, "no add is lost after the last set", "%g were lost",
           out[1]);
}

GRADED(exact_from_threads, 2, "Whole numbers are exact up to 2^53.",
       .hint = "One of inc, dec, add, sub is not like the others.",
       .threads = true, .schedules = "inc_beside_dec add_beside_sub")
{
    double rounds = (double)unforeseen(300, 600);
    double start = 9007199254740992.0 - (double)unforeseen(5000, 9000);

    EXPECT_DOUBLE(RUN(gauge_near_2_53, 4, rounds, start), start);
}

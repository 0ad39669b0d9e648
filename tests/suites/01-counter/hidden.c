/* SPDX-License-Identifier: MIT
 *
 * hidden.c - the graded tests of lab 01 that a student does not see
 *
 * Their numbers cannot be foreseen, so answers cannot be written down.
 */
#include "judge/judge.h"

#include <float.h>
#include <math.h>

#define SUITE hidden

#define TWO_53 9007199254740992.0
#define TWO_63 9223372036854775808.0

static struct met_counter *new_counter(void)
{
    struct met_counter *c = NULL;

    EXPECT_CODE(met_counter_create(&c), 0);
    EXPECT(c != NULL, "met_counter_create stores a counter in *out", "NULL");
    return c;
}

/* Quarters are exact in a double: their sum does not depend on the order. An
 * odd number of them is never whole. */
static double unforeseen_amount(void)
{
    return (double)(2 * unforeseen(0, 1 << 19) + 1) / 4;
}

GRADED(any_amounts_are_summed, 3, "Adds v, which may be a fraction.",
       .hint = "The value is the sum of all amounts, and of one for each inc.")
{
    struct met_counter *c = new_counter();
    double sum = 0;

    for (int i = 0; i < 12; i++) {
        double v = unforeseen_amount();
        EXPECT_CODE(met_counter_add(c, v), 0);
        met_counter_inc(c);
        sum += v + 1;
        EXPECT_DOUBLE(met_counter_value(c), sum);
    }
    met_counter_destroy(c);
}

GRADED(a_refused_amount_changes_nothing, 2,
       "MET_EINVAL when v is negative (-Inf too) or NaN; then nothing changes.",
       .hint = "Check v before the value is touched, and check every v.")
{
    struct met_counter *c = new_counter();
    double sum = 0;

    for (int i = 0; i < 4; i++) {
        double v = unforeseen_amount();
        EXPECT_CODE(met_counter_add(c, v), 0);
        sum += v;
        EXPECT_CODE(met_counter_add(c, -unforeseen_amount()), MET_EINVAL);
        EXPECT_CODE(met_counter_add(c, -DBL_TRUE_MIN), MET_EINVAL);
        EXPECT_DOUBLE(met_counter_value(c), sum);
    }
    met_counter_destroy(c);
}

GRADED(beyond_2_53_it_never_falls, 2,
       "Beyond that an increment may vanish, but the value never falls and "
       "never wraps.",
       .hint = "What does your type do when it is full?")
{
    struct met_counter *c = new_counter();
    const double amounts[] = {TWO_53,     3,     TWO_63,  TWO_63,
                              2 * TWO_63, 1e200, DBL_MAX, DBL_MAX};
    double last = 0;

    for (int i = 0; i < 8; i++) {
        EXPECT_CODE(met_counter_add(c, amounts[i]), 0);
        met_counter_inc(c);
        double now = met_counter_value(c);
        EXPECT(now >= last && now >= amounts[i],
               "the value is not below what was added", "%.17g after %.17g",
               now, last);
        last = now;
    }
    met_counter_destroy(c);
}

GRADED(
    a_reader_never_sees_it_fall, 3,
    "The values that one thread reads never go down.",
    .hint = "Is the value ever something between the old and the new?",
    .threads = true,
    .schedules = "value_never_falls no_update_is_lost no_update_is_lost_twice")
{
    double rounds = (double)unforeseen(3500, 4500), out[2];

    scenario("counter_read_beside_updates", (double[]){2, rounds}, 2, out, 2);
    EXPECT(out[0] == 0, "the values that one thread reads never go down",
           "they went down %g times", out[0]);
    EXPECT(out[1] == 2 * rounds, "no update is lost beside a reader",
           "the value is %.17g after %g updates", out[1], 2 * rounds);
}

GRADED(exact_from_threads, 3,
       "A sum of whole numbers is exact up to 2^53, from any number of "
       "threads.",
       .hint = "inc and add must update one and the same sum.", .threads = true,
       .schedules = "no_update_is_lost whole_numbers_beside_inc "
                    "whole_numbers_beside_each_other")
{
    double rounds = (double)unforeseen(500, 900);
    double below = (double)unforeseen(1, 1000);
    double value = RUN(counter_up_to_2_53, 4, rounds, TWO_53 - below);

    EXPECT(value == TWO_53 - below,
           "2^53 - K - N, then N increments from threads, is 2^53 - K",
           "it differs by %g", value - (TWO_53 - below));
}

GRADED(sentences_last, 1,
       "The text lives as long as the program. Any thread, any time; calls do "
       "not disturb each other.",
       .hint = "Where do the letters of your text lie?", .threads = true)
{
    double changed = RUN(strerror_from_threads, 4, 200);

    EXPECT(changed == 0, "a text stays as it is, whatever is called later",
           "%g times a text was empty or had changed", changed);
}

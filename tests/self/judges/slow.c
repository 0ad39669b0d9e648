/* SPDX-License-Identifier: MIT
 *
 * slow.c - which attacks take too long, from gradings that nobody has to wait for
 *
 * A program by itself, built by judges.t; it prints "ok" or "not ok" for each case,
 * and a plan.
 */
#include "verdict.h"

#include <stdio.h>

static int count, failed;

/* A grading of one test that passed, in so many seconds. */
static json_t *grading(double seconds)
{
    return json_pack("{s:f, s:{s:i, s:[{s:s, s:i, s:s}]}, s:s, s:[]}",
                     "seconds", seconds, "lab", "score", 1, "tests", "name",
                     "a", "score", 1, "status", "passed", "next", "", "left");
}

/* ... beside others that have so much of the processors. */
static json_t *beside(double others, double seconds)
{
    json_t *result = grading(seconds);

    json_object_set_new(result, "others", json_real(others));
    return result;
}

static void check(const char *what, json_t *result, json_t *without, bool slow)
{
    static const struct specimen s = {.kind = ATTACK, .harmless = "it waits"};
    struct verdict v = verdict_of(&s, result, without);
    bool right = v.only_slow == slow && v.fine != slow;

    printf("%sok %d - %s\n", right ? "" : "not ", ++count, what);
    if (!right)
        printf("# %s\n", v.text);
    failed += !right;
    json_decref(result);
    json_decref(without);
}

int main(void)
{
    check("9 s more than twice as long is the limit", grading(10.9), grading(1),
          false);
    check("... and what is beyond takes too long", grading(11.1), grading(1),
          true);
    check("on an idle machine it is the same", beside(0.09, 11.1), grading(1),
          true);
    check("where others have half of the processors, it is four times as long",
          beside(0.5, 37.9), grading(1), false);
    check("... and no longer", beside(0.5, 38.1), grading(1), true);
    check("... whatever they have", beside(1, 38.1), grading(1), true);
    check("where they have a fifth, a part of it", beside(0.2, 21.7),
          grading(1), false);
    check("... and no more", beside(0.2, 21.9), grading(1), true);
    printf("1..%d\n", count);
    return failed != 0;
}

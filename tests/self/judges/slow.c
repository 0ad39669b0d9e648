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

static json_t *base(double seconds, double ran, double others, bool alone)
{
    json_t *b = grading(seconds);

    json_object_set_new(b, "processor", json_real(ran));
    json_object_set_new(b, "others", json_real(others));
    if (alone)
        json_object_set_new(b, "alone", json_true());
    return b;
}

static void check(const char *what, double seconds, json_t *without, bool slow)
{
    static const struct specimen s = {.kind = ATTACK, .harmless = "it waits"};
    json_t *result = grading(seconds);
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
    check("9 s more than twice as long is the limit", 10.9,
          base(1, 1, 0, false), false);
    check("... and what is beyond takes too long", 11.1, base(1, 1, 0, false),
          true);
    check("beside gradings of ours it is the same", 17.1, base(4, 1, 1, false),
          true);
    check("alone, where others have the processors, all takes longer", 43.9,
          base(4, 1, 1, true), false);
    check("... by so much, and no more", 44.1, base(4, 1, 1, true), true);
    check("... or by their share", 30.6, base(4, 1, 0.5, true), true);
    check("alone on an idle machine, who waits for nobody has the limit", 89.1,
          base(40, 5, 0, true), true);
    check("... and who has two processors", 11.1, base(1, 2, 0, true), true);
    printf("1..%d\n", count);
    return failed != 0;
}

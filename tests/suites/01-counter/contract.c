/* SPDX-License-Identifier: MIT
 *
 * contract.c - the graded tests of lab 01 that a student sees
 */
#include "judge/judge.h"

#include <math.h>
#include <stdio.h>

#define SUITE contract

#define TWO_53 9007199254740992.0

static struct met_counter *new_counter(void)
{
    struct met_counter *c = NULL;

    EXPECT_CODE(met_counter_create(&c), 0);
    EXPECT(c != NULL, "met_counter_create stores a counter in *out", "NULL");
    return c;
}

/* ---- error.h ---- */

static const char *sentence(int err)
{
    const char *s = met_strerror(err);

    EXPECT(s != NULL && s[0] != '\0', "a text that is not NULL and not empty",
           "met_strerror(%d) returned %s", err, s ? "\"\"" : "NULL");
    return s;
}

static void expect_apart(int a, int b)
{
    const char *s = sentence(a);

    EXPECT(strcmp(s, sentence(b)) != 0, "two codes have two sentences",
           "%d and %d both give \"%s\"", a, b, s);
}

GRADED(each_code_has_its_own_sentence, 1,
       "Returns a sentence in English for a code: each code of this file has "
       "its own, 0 means that nothing went wrong.",
       .hint = "error.c: one case for each code, and one for 0.",
       .help = {
           "error.c, met_strerror; and the list of codes in "
           "labs/include/met/error.h.",
           "One text for each code, none twice; 0 is a code with a text of "
           "its own, such as \"no error\".",
           "A switch over err with one `case MET_...: return \"...\";` for "
           "each line of the list, and `case 0:`."})
{
    for (int a = 0; a >= MET_ELAST; a--)
        for (int b = a - 1; b >= MET_ELAST; b--)
            expect_apart(a, b);
}

GRADED(unknown_codes_share_a_sentence, 1,
       "Any other number has one sentence for \"unknown\". The text is never "
       "NULL and never empty.",
       .hint = "error.c: what does your switch do with 12345?",
       .help = {"error.c: what does met_strerror return when no case fits?",
                "All numbers that are no code have one and the same text, "
                "positive ones too.",
                "`default: return \"...\";` with a text that no case has. An "
                "array needs a check of both its ends before it is read."})
{
    const char *unknown = sentence(12345);

    EXPECT_STR(met_strerror(-12345), unknown);
    EXPECT_STR(met_strerror(1), unknown);
    EXPECT_STR(met_strerror(MET_ELAST - 1), unknown);
    for (int known = 0; known >= MET_ELAST; known--)
        expect_apart(12345, known);
}

/* ---- counter.h: one thread ---- */

GRADED(destroy_takes_null, 1,
       "Releases the counter. NULL is allowed and does "
       "nothing.",
       .hint = "free(NULL) does nothing, too.",
       .help = {"counter.c, met_counter_destroy.",
                "free() does nothing for NULL; but whatever else you do there "
                "with the counter is not allowed to.",
                "If you only free: `free(c);` is all. If there is a lock to "
                "destroy: `if (!c) return;` before it."})
{
    met_counter_destroy(NULL);
    EXPECT_CODE(0, 0);
}

GRADED(a_new_counter_stands_at_0, 2,
       "Makes a counter that stands at 0 and stores it in *out.",
       .hint = "malloc() does not clear what it gives.",
       .help = {"counter.c, met_counter_create: which members does it set?",
                "Memory from malloc holds what was there before. Every member "
                "needs a first value.",
                "Set the value to 0 after the allocation, with atomic_init if "
                "it is atomic; or take calloc and think of what all bits 0 "
                "mean."})
{
    struct met_counter *a = new_counter(), *b;

    EXPECT_DOUBLE(met_counter_value(a), 0);
    EXPECT_CODE(met_counter_add(a, 7), 0);
    met_counter_destroy(a); /* its memory may be handed out again */
    b = new_counter();
    EXPECT_DOUBLE(met_counter_value(b), 0);
    met_counter_destroy(b);
}

GRADED(no_memory_is_an_error, 2,
       "Returns 0, or MET_ENOMEM; then *out is unchanged.",
       .hint = "Every allocation can answer NULL; *out is written last.",
       .help = {"counter.c, met_counter_create, the lines between the "
                "allocation and `return 0`.",
                "Each allocation may answer NULL. Then nothing has been stored "
                "in *out, and what was got before is given back.",
                "Keep the new counter in a local variable. NULL: return "
                "MET_ENOMEM. Only in the last line but one: `*out = ...;`."})
{
    struct met_counter *none = (struct met_counter *)&none;

    for (int allowed = 0; allowed < 4; allowed++) {
        struct met_counter *c = none;
        RUN(allow_allocations, allowed);
        int err = met_counter_create(&c);
        RUN(allow_allocations, -1);
        if (err == 0) {
            EXPECT(c && c != none, "MET_ENOMEM, or 0 and a counter in *out",
                   "0, and %s in *out", c ? "nothing" : "NULL");
            met_counter_inc(c); /* it must be whole */
            met_counter_destroy(c);
            continue;
        }
        EXPECT_CODE(err, MET_ENOMEM);
        EXPECT(c == none, "*out is unchanged after MET_ENOMEM",
               "*out was overwritten");
    }
}

GRADED(inc_adds_1, 2, "Adds 1.", .hint = "met_counter_inc, met_counter_value.",
       .help = {"counter.c, met_counter_inc and met_counter_value.",
                "inc is add with 1, without an answer. value only reads.",
                "inc can call the same function of yours that add calls when "
                "its check is passed, with 1.0."})
{
    struct met_counter *c = new_counter();

    met_counter_inc(c);
    EXPECT_DOUBLE(met_counter_value(c), 1);
    met_counter_inc(c);
    met_counter_inc(c);
    EXPECT_DOUBLE(met_counter_value(c), 3);
    EXPECT_DOUBLE(met_counter_value(c), 3); /* reading changes nothing */
    met_counter_destroy(c);
}

GRADED(add_adds_fractions, 2, "Adds v, which may be a fraction.",
       .hint = "0.5 + 0.25 is no integer.",
       .help = {"counter.c: the type of the value in struct met_counter, and "
                "the line of met_counter_add that adds.",
                "The value is a double from end to end: an integer type "
                "anywhere on the way cuts 0.5 to 0.",
                "`_Atomic double`, or a double under a lock, or the 64 bits of "
                "a double in a uint64_t (memcpy). The sum is a double, too."})
{
    struct met_counter *c = new_counter();

    EXPECT_CODE(met_counter_add(c, 0.5), 0);
    EXPECT_CODE(met_counter_add(c, 0.25), 0);
    met_counter_inc(c);
    EXPECT_DOUBLE(met_counter_value(c), 1.75);
    met_counter_destroy(c);
}

GRADED(add_of_zero_changes_nothing, 1,
       "Adds v, which may be 0, -0.0 (changes nothing).",
       .hint = "-0.0 < 0 is false: zero is not negative.",
       .help = {"counter.c, met_counter_add: the condition that refuses "
                "amounts.",
                "0 and -0.0 are allowed: both are equal to 0, and neither is "
                "below it.",
                "The condition that allows is v >= 0: true for 0.0 and for "
                "-0.0. signbit(v) is the wrong question."})
{
    struct met_counter *c = new_counter();

    EXPECT_CODE(met_counter_add(c, 2.5), 0);
    EXPECT_CODE(met_counter_add(c, 0.0), 0);
    EXPECT_CODE(met_counter_add(c, -0.0), 0);
    EXPECT_DOUBLE(met_counter_value(c), 2.5);
    met_counter_destroy(c);
}

GRADED(add_refuses_negative_amounts, 2,
       "Returns MET_EINVAL when v is negative (-Inf too); then nothing "
       "changes.",
       .hint = "Check v before the value is touched.",
       .help = {
           "counter.c, met_counter_add: what comes first, the check or the "
           "addition?",
           "Look at v before the counter is touched; -INFINITY is below 0, "
           "too.",
           "The first statement of add is an `if` that returns MET_EINVAL. "
           "It uses v alone."})
{
    struct met_counter *c = new_counter();

    EXPECT_CODE(met_counter_add(c, 5), 0);
    EXPECT_CODE(met_counter_add(c, -1.5), MET_EINVAL);
    EXPECT_DOUBLE(met_counter_value(c), 5);
    EXPECT_CODE(met_counter_add(c, -INFINITY), MET_EINVAL);
    EXPECT_DOUBLE(met_counter_value(c), 5);
    met_counter_destroy(c);
}

GRADED(add_refuses_nan, 2,
       "Returns MET_EINVAL when v is NaN; then nothing changes.",
       .hint = "Every comparison with NaN is false: v < 0 is not enough.",
       .help = {
           "counter.c, met_counter_add: what is your condition for v = "
           "NAN?",
           "Every comparison with NaN is false: v < 0 lets it through. Ask "
           "for what is allowed, and refuse the rest.",
           "Turn the condition round with `!`: not (v is at least 0). For "
           "NaN that is true. isnan() from <math.h> does it as well."})
{
    struct met_counter *c = new_counter();

    EXPECT_CODE(met_counter_add(c, 5), 0);
    EXPECT_CODE(met_counter_add(c, NAN), MET_EINVAL);
    EXPECT_CODE(met_counter_add(c, -NAN), MET_EINVAL);
    EXPECT_DOUBLE(met_counter_value(c), 5);
    met_counter_destroy(c);
}

GRADED(add_takes_infinity, 1,
       "Adds v, which may be +Inf (then the value is +Inf from there on).",
       .hint = "Infinity is a double like others: no special case is needed.",
       .help = {
           "counter.c, met_counter_add: does anything there treat INFINITY "
           "apart, or turn it into an integer?",
           "A double knows infinity: inf + 1 is inf. A conversion of it to "
           "an integer is undefined.",
           "Remove the special case. If you keep whole numbers apart from "
           "fractions, ask isfinite(v) and v < 2^53 before you convert."})
{
    struct met_counter *c = new_counter();

    EXPECT_CODE(met_counter_add(c, 3), 0);
    EXPECT_CODE(met_counter_add(c, INFINITY), 0);
    EXPECT_DOUBLE(met_counter_value(c), INFINITY);
    met_counter_inc(c);
    EXPECT_CODE(met_counter_add(c, 1), 0);
    EXPECT_DOUBLE(met_counter_value(c), INFINITY);
    met_counter_destroy(c);
}

GRADED(counters_are_apart, 2, "Two counters share nothing.",
       .hint = "Is anything of yours static?",
       .help = {
           "counter.c: look for `static`, and for variables outside of "
           "functions.",
           "All that belongs to a counter is a member of struct "
           "met_counter, and each create allocates one.",
           "Move the variable into the struct, and write c->name where you "
           "wrote name."})
{
    struct met_counter *a = new_counter(), *b = new_counter();

    met_counter_inc(a);
    EXPECT_CODE(met_counter_add(b, 10), 0);
    EXPECT_DOUBLE(met_counter_value(a), 1);
    EXPECT_DOUBLE(met_counter_value(b), 10);
    met_counter_destroy(a);
    EXPECT_DOUBLE(met_counter_value(b), 10);
    met_counter_destroy(b);
}

GRADED(whole_numbers_are_exact, 2,
       "A sum of whole numbers is exact up to 2^53 (9007199254740992).",
       .hint = "A float has 24 bits for the number, a double has 53.",
       .help = {"counter.c: every type between the argument v and what value "
                "returns.",
                "A double holds whole numbers up to 2^53, a float up to 2^24, "
                "an int up to 2^31.",
                "Replace float, int and long on that way by double. Add to the "
                "sum itself, not to a rounded copy."})
{
    struct met_counter *c = new_counter();

    EXPECT_CODE(met_counter_add(c, TWO_53 - 3), 0);
    met_counter_inc(c);
    EXPECT_DOUBLE(met_counter_value(c), TWO_53 - 2);
    EXPECT_CODE(met_counter_add(c, 1), 0);
    met_counter_inc(c);
    EXPECT_DOUBLE(met_counter_value(c), TWO_53);
    met_counter_destroy(c);
}

/* ---- counter.h: many threads ---- */

/* The number of rounds cannot be foreseen, so neither can the answer. */
static void expect_sum_from_threads(double amount)
{
    long rounds = unforeseen(4000, 6000);
    double value = RUN(counter_from_threads, 4, (double)rounds, amount);
    double sum = 4 * (double)rounds * (amount == 0 ? 1 : amount);
    char expected[120];

    snprintf(expected, sizeof expected,
             amount == 0 ? "4 threads call inc, each %ld times: the value is %g"
                         : "4 threads add 0.25, each %ld times: the value "
                           "is %g",
             rounds, sum);
    EXPECT(value == sum, expected, "%.17g", value);
}

GRADED(no_increment_is_lost, 4,
       "inc, add and value may run in any thread at any time on the same "
       "counter; no update is lost.",
       .hint = "Reading, adding and writing must be one step.", .threads = true,
       .schedules = "no_update_is_lost no_update_is_lost_twice",
       .help = {
           "counter.c: the lines of inc that read the value and write it. "
           "`make explore LAB=01` shows the order that loses one.",
           "Load, add and store must be one step. C has no fetch-and-add "
           "of an _Atomic double that is sure to be there, but compare- "
           "and-swap is.",
           "A loop: read `old`; try to swap old for old + 1; if somebody "
           "was faster, the swap gives you the newer value: try again with "
           "that."})
{
    expect_sum_from_threads(0);
}

GRADED(no_amount_is_lost, 4,
       "inc, add and value may run in any thread at any time on the same "
       "counter; no update is lost.",
       .hint = "add needs the same protection as inc.", .threads = true,
       .schedules = "add_beside_add",
       .help = {
           "counter.c, met_counter_add: does it change the value in the "
           "same way as inc?",
           "inc and add work on one value; one of them unprotected spoils "
           "both.",
           "One static function that adds v in one step, with the loop of "
           "compare-and-swap or under the lock; inc and add both call it."})
{
    expect_sum_from_threads(0.25);
}

/* SPDX-License-Identifier: MIT
 *
 * contract.c - the graded tests of lab 00 that a student sees
 */
#include "judge/judge.h"

#define SUITE contract

static struct met_tally *new_tally(void)
{
    struct met_tally *t = NULL;

    EXPECT_CODE(met_tally_create(&t), 0);
    EXPECT(t != NULL, "met_tally_create stores a tally in *out", "NULL");
    return t;
}

static long given(void *ctx)
{
    return *(long *)ctx;
}

GRADED(sums_one_after_the_other, 1,
       "Makes a tally that stands at 0. Calls amount(ctx) once, in this "
       "thread, and adds what it returned, which may be negative.",
       .hint = "This works in the starter. Which change of yours broke it?")
{
    struct met_tally *t = new_tally();
    long amounts[] = {5, -7, 0, 40};

    EXPECT_LONG(met_tally_total(t), 0);
    for (int i = 0; i < 4; i++)
        met_tally_add(t, given, &amounts[i]);
    EXPECT_LONG(met_tally_total(t), 38);
    EXPECT_LONG(met_tally_total(t), 38); /* reading changes nothing */
    met_tally_add(t, given, &(long){1L << 40});
    EXPECT_LONG(met_tally_total(t), 38 + (1L << 40));
    struct met_tally *other = new_tally();
    EXPECT_LONG(met_tally_total(other), 0);
    met_tally_add(other, given, &amounts[0]);
    EXPECT_LONG(met_tally_total(t), 38 + (1L << 40));
    met_tally_destroy(other);
    met_tally_destroy(t); /* its memory may be handed out again */
    t = new_tally();
    EXPECT_LONG(met_tally_total(t), 0);
    met_tally_destroy(t);
}

GRADED(create_and_destroy, 1,
       "Returns 0, or MET_ENOMEM; then *out is unchanged. Releases the tally. "
       "NULL is allowed and does nothing.",
       .hint = "What does each allocation answer when there is no memory?")
{
    struct met_tally *none = (struct met_tally *)&none, *t = none;

    met_tally_destroy(NULL);
    RUN(allow_allocations, 0);
    int err = met_tally_create(&t);
    RUN(allow_allocations, -1);
    if (err == 0) { /* it needs no memory */
        met_tally_destroy(t);
        return;
    }
    EXPECT_CODE(err, MET_ENOMEM);
    EXPECT(t == none, "*out is unchanged after MET_ENOMEM",
           "*out was overwritten");
}

struct nested {
    struct met_tally *tally;
    long inner, outer, calls;
};

static long add_inside(void *ctx)
{
    struct nested *n = ctx;

    n->calls++;
    met_tally_add(n->tally, given, &n->inner);
    return n->outer;
}

GRADED(an_amount_may_itself_add, 6,
       "amount may itself call any function of this file on any tally but "
       "destroy; no amount is lost.",
       .hint = "When is the total read, when is it written, and what may "
               "happen between the two?")
{
    struct met_tally *t = new_tally();
    struct nested n = {.tally = t, .inner = 3, .outer = 4};

    met_tally_add(t, add_inside, &n);
    EXPECT_LONG(n.calls, 1);
    EXPECT_LONG(met_tally_total(t), 7);
    met_tally_destroy(t);
}

GRADED(an_amount_keeps_nobody_waiting, 6,
       "While amount runs, other calls on the same tally are not kept "
       "waiting; no amount is lost.",
       .hint = "Is a lock held while amount runs? Must it be?", .threads = true,
       .schedules = "amount_may_wait")
{
    /* the first thread's amount waits until the second thread has added */
    double a = (double)unforeseen(1, 1000), b = (double)unforeseen(1, 1000);
    double total = RUN(amount_waits_for_another_thread, a, b);

    EXPECT(total == a + b, "the total is the sum of both amounts",
           "%g from %g and %g", total, a, b);
}

GRADED(no_amount_is_lost, 6,
       "add and total may run in any thread at any time on the same tally; no "
       "amount is lost.",
       .hint = "Two threads can read the same total before either writes.",
       .threads = true,
       .schedules = "no_amount_is_lost no_amount_is_lost_twice")
{
    double rounds = (double)unforeseen(4000, 6000);
    double total = RUN(tally_from_threads, 4, rounds);

    EXPECT(total == 4 * rounds,
           "4 threads add 1: the total is the number of their calls",
           "%g after %g calls", total, 4 * rounds);
}

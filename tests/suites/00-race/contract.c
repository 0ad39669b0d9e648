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
       .hint = "This works in the starter. Which change of yours broke it?",
       .help = {
           "tally.c, met_tally_add and met_tally_total; and what "
           "met_tally_create sets.",
           "amount is called once for each add. Its answer is kept, and "
           "added as a long: it may be negative and large.",
           "In add: first `long v = amount(ctx);`, then one line that adds "
           "v to the total. total only reads it."})
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
       .hint = "What does each allocation answer when there is no memory?",
       .help = {
           "tally.c, met_tally_create, from its first line to the one that "
           "writes *out; then met_tally_destroy.",
           "Whatever create asks for may be refused, also a lock that is "
           "made. *out is written as the last thing, when all is there.",
           "`if (!t) return MET_ENOMEM;` directly behind the allocation, "
           "`*out = t;` directly before `return 0`. destroy may call "
           "free(NULL), but with a lock it returns first when t is NULL."})
{
    struct met_tally *none = (struct met_tally *)&none;

    met_tally_destroy(NULL);
    for (int allowed = 0; allowed < 4; allowed++) {
        struct met_tally *t = none;
        RUN(allow_allocations, allowed);
        int err = met_tally_create(&t);
        RUN(allow_allocations, -1);
        if (err == 0) {
            EXPECT(t && t != none, "MET_ENOMEM, or 0 and a tally in *out",
                   "0, and %s in *out", t ? "nothing" : "NULL");
            met_tally_total(t); /* it must be whole */
            met_tally_destroy(t);
            continue;
        }
        EXPECT_CODE(err, MET_ENOMEM);
        EXPECT(t == none, "*out is unchanged after MET_ENOMEM",
               "*out was overwritten");
    }
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
               "happen between the two?",
       .help = {"tally.c, met_tally_add: the line that calls amount, and the "
                "lines before and after it.",
                "amount may change the very total that you add to. So nothing "
                "that was read before the call may be used after it, and no "
                "lock may be held.",
                "Two steps: call amount and keep its answer in a variable of "
                "your own; then read, add and write the total, all after the "
                "call."})
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
       .schedules = "amount_may_wait",
       .help = {
           "tally.c, met_tally_add: what is locked at the moment when "
           "amount is called?",
           "A lock guards the total, not the caller's function. amount may "
           "wait for another thread that wants to add.",
           "Call amount first, without any lock. Then lock, add, unlock; "
           "or do the addition as one atomic step."})
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
       .schedules = "no_amount_is_lost no_amount_is_lost_twice",
       .help = {
           "tally.c: every place that reads or writes the total, in all "
           "functions. `make explore LAB=00` shows the order that loses "
           "one.",
           "`total += v` is three steps: load, add, store. Another thread "
           "may store between your load and your store.",
           "Make the three steps one: <stdatomic.h> has a function that "
           "fetches and adds; or pthread_mutex_lock before them and unlock "
           "after them, also in total."})
{
    double rounds = (double)unforeseen(4000, 6000);
    double total = RUN(tally_from_threads, 4, rounds);

    EXPECT(total == 4 * rounds,
           "4 threads add 1: the total is the number of their calls",
           "%g after %g calls", total, 4 * rounds);
}

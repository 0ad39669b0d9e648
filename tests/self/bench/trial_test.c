/* SPDX-License-Identifier: MIT
 *
 * trial_test.c - what a trial is worth, and who is to blame for waiting
 */
#include "trial.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>

#include "waits.h"

static const struct bench_trial right = {
    .updates = 1000, .window_ns = 20000, .expected = 1100, .sum = 1100};

Test(trial, time_is_threads_times_window_over_updates)
{
    cr_assert(eq(dbl, bench_trial_ns_per_update(&right, 1, BENCH_EXACT), 20));
    cr_assert(eq(dbl, bench_trial_ns_per_update(&right, 4, BENCH_EXACT), 80));
}

Test(trial, a_wrong_sum_gives_no_number)
{
    struct bench_trial t = right;

    t.sum = 1099;
    cr_assert(isnan(bench_trial_ns_per_update(&t, 1, BENCH_EXACT)));
    t.sum = 1101;
    cr_assert(isnan(bench_trial_ns_per_update(&t, 1, BENCH_EXACT)));
}

Test(trial, a_lossy_design_may_lose_but_not_invent)
{
    struct bench_trial t = right;

    t.sum = 550;
    cr_assert(eq(dbl, bench_trial_ns_per_update(&t, 1, BENCH_LOSSY), 20));
    cr_assert(eq(dbl, bench_trial_lost(&t), 0.5));
    t.sum = 1101;
    cr_assert(isnan(bench_trial_ns_per_update(&t, 1, BENCH_LOSSY)));
    cr_assert(eq(dbl, bench_trial_lost(&t), 0));
}

Test(trial, the_empty_loop_has_no_sum_to_be_wrong)
{
    struct bench_trial t = right;

    t.sum = 0;
    cr_assert(eq(dbl, bench_trial_ns_per_update(&t, 1, BENCH_NO_SUM), 20));
}

Test(trial, no_updates_and_failed_inits_give_no_number)
{
    struct bench_trial t = right;

    t.updates = 0;
    cr_assert(isnan(bench_trial_ns_per_update(&t, 1, BENCH_EXACT)));
    t = right;
    t.failed = true;
    cr_assert(isnan(bench_trial_ns_per_update(&t, 1, BENCH_EXACT)));
}

Test(trial, more_than_2_percent_for_others_is_a_disturbance)
{
    struct bench_trial t = right;

    t.stolen_ns = 400;
    cr_assert(not(bench_trial_disturbed(&t)));
    t.stolen_ns = 401;
    cr_assert(bench_trial_disturbed(&t));
    t.stolen_ns = 0;
    t.steal_ticks = 1;
    cr_assert(bench_trial_disturbed(&t));
}

/* A CPU on which the threads take turns of a millisecond, and an outsider
 * takes a turn after each round of them when it is there. Returns what
 * bench_stolen_ns() makes of it; *truth is what the outsider had. */
static uint64_t take_turns(int threads, int rounds, bool outsider,
                           uint64_t *truth)
{
    uint64_t turn = 1000000, ran = 0, waited = 0;

    *truth = 0;
    for (int i = 0; i < rounds; i++) {
        for (int t = 0; t < threads; t++) {
            ran += turn;
            waited += (uint64_t)(threads - 1) * turn;
        }
        if (outsider) {
            waited += (uint64_t)threads * turn;
            *truth += turn;
        }
    }
    return bench_stolen_ns(threads, waited, ran);
}

Test(trial, threads_that_wait_for_each_other_are_no_disturbance)
{
    uint64_t truth;

    for (int threads = 1; threads <= 5; threads++)
        cr_assert(eq(u64, take_turns(threads, 7, false, &truth), 0));
}

Test(trial, an_outsiders_time_is_found_whatever_the_number_of_threads)
{
    uint64_t truth;

    for (int threads = 1; threads <= 5; threads++) {
        uint64_t found = take_turns(threads, 7, true, &truth);

        cr_assert(eq(u64, found, truth), "%d threads", threads);
    }
}

Test(trial, sleeping_makes_the_found_time_smaller_never_negative)
{
    /* Two threads; one slept while the other ran for 5 ms: no waiting. */
    cr_assert(eq(u64, bench_stolen_ns(2, 0, 5000000), 0));
}

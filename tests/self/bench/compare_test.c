/* SPDX-License-Identifier: MIT
 *
 * compare_test.c - verdicts on simulated machines whose truth is known
 */
#include "compare.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>

#include "simulate.h"

#define ROUNDS 24
#define TABLE 16 /* comparisons in a table, as in the counter suite */
#define RUNS 1000

/* The whole machine drifts far more than the designs differ. */
static const struct simulate_machine usual = {
    .noise = 0.01, .drift = 0.05, .spikes = 0.05};
static const struct simulate_machine rough = {
    .noise = 0.10, .drift = 0.05, .spikes = 0.05};

static struct bench_comparison one(struct bench_rng *r,
                                   const struct simulate_machine *m,
                                   double slowdown, double alpha, double band)
{
    struct bench_pair pairs[ROUNDS];

    simulate_pairs(r, m, slowdown, pairs, ROUNDS);
    return bench_compare(pairs, ROUNDS, alpha, band);
}

/* How many of RUNS runs end with that verdict. */
static int count(const struct simulate_machine *m, double slowdown, double band,
                 enum bench_verdict verdict)
{
    struct bench_rng r = {1};
    int n = 0;

    for (int i = 0; i < RUNS; i++)
        n += one(&r, m, slowdown, BENCH_ALPHA / TABLE, band).verdict == verdict;
    return n;
}

Test(compare, a_slowdown_of_3_percent_is_found)
{
    cr_assert(count(&usual, 1.03, 1, BENCH_SLOWER) >= RUNS * 95 / 100);
    cr_assert(eq(int, count(&usual, 1.03, 1, BENCH_FASTER), 0));
}

Test(compare, a_speedup_of_3_percent_is_found)
{
    cr_assert(count(&usual, 1 / 1.03, 1, BENCH_FASTER) >= RUNS * 95 / 100);
    cr_assert(eq(int, count(&usual, 1 / 1.03, 1, BENCH_SLOWER), 0));
}

Test(compare, where_there_is_no_difference_none_is_found)
{
    cr_assert(count(&usual, 1, 1, BENCH_NOT_RESOLVED) >= RUNS * 999 / 1000);
}

Test(compare, what_is_below_2_percent_is_not_resolved)
{
    cr_assert(count(&usual, 1.01, 1, BENCH_NOT_RESOLVED) >= RUNS * 99 / 100);
}

/* Noise of 10 % makes effects beyond 2 % by chance; now only the interval
 * stands between the noise and a verdict. One in TABLE * RUNS may fail for
 * each 0.05 / TABLE, so a table fails in 5 of 100 at most. */
Test(compare, a_table_without_differences_errs_in_5_percent_at_most)
{
    struct bench_rng r = {2};
    int bad_tables = 0;

    for (int run = 0; run < RUNS; run++) {
        bool bad = false;

        for (int i = 0; i < TABLE; i++) {
            struct bench_comparison c =
                one(&r, &rough, 1, BENCH_ALPHA / TABLE, 1);

            bad |= c.all.interval.low > 1 || c.all.interval.high < 1;
        }
        bad_tables += bad;
    }
    cr_assert(bad_tables <= RUNS * 5 / 100, "%d of %d", bad_tables, RUNS);
    cr_assert(bad_tables > 0, "intervals that never miss are too wide");
}

Test(compare, a_large_effect_is_found_in_rough_weather)
{
    cr_assert(count(&rough, 2, 1, BENCH_SLOWER) >= RUNS * 999 / 1000);
}

Test(compare, the_interval_covers_the_true_ratio)
{
    struct bench_rng r = {3};
    int hits = 0;

    for (int i = 0; i < RUNS; i++) {
        struct bench_comparison c = one(&r, &rough, 1.25, BENCH_ALPHA, 1);

        hits +=
            c.all.interval.low <= 1 / 1.25 && 1 / 1.25 <= c.all.interval.high;
    }
    cr_assert(hits >= RUNS * 95 / 100, "%d of %d", hits, RUNS);
}

/* The same trials, but paired across rounds: the drift hides what pairing
 * shows. This is why rounds are paired. */
Test(compare, without_pairing_the_drift_hides_the_effect)
{
    struct bench_rng r = {4};
    int found = 0;

    for (int run = 0; run < RUNS; run++) {
        struct bench_pair pairs[ROUNDS];

        simulate_pairs(&r, &usual, 1.03, pairs, ROUNDS);
        for (int i = 0; i < ROUNDS / 2; i++) {
            double other = pairs[i].time;

            pairs[i].time = pairs[ROUNDS - 1 - i].time;
            pairs[ROUNDS - 1 - i].time = other;
        }
        found += bench_compare(pairs, ROUNDS, BENCH_ALPHA / TABLE, 1).verdict ==
                 BENCH_SLOWER;
    }
    cr_assert(found < RUNS / 2, "%d of %d", found, RUNS);
}

Test(compare, an_effect_within_the_aa_band_is_not_resolved)
{
    cr_assert(eq(int, count(&usual, 1.05, 1.10, BENCH_NOT_RESOLVED), RUNS));
    cr_assert(count(&usual, 1.05, 1.03, BENCH_SLOWER) >= RUNS * 95 / 100);
    cr_assert(eq(int, count(&usual, 1.05, INFINITY, BENCH_NOT_RESOLVED), RUNS));
}

Test(compare, one_wrong_sum_leaves_no_number)
{
    struct bench_rng r = {5};
    struct bench_pair pairs[ROUNDS];
    struct bench_comparison c;

    simulate_pairs(&r, &usual, 2, pairs, ROUNDS);
    pairs[7].time = NAN;
    c = bench_compare(pairs, ROUNDS, BENCH_ALPHA, 1);
    cr_assert(eq(int, c.verdict, BENCH_NO_NUMBER));
    cr_assert(isnan(c.all.median) && isnan(c.all.interval.low) &&
              isnan(c.all.interval.high));
}

/* With a confidence of 95 % six pairs are needed for any interval. */
Test(compare, the_undisturbed_pairs_alone_must_say_so_too)
{
    struct bench_rng r = {6};
    struct bench_pair pairs[ROUNDS];

    simulate_pairs(&r, &usual, 2, pairs, ROUNDS);
    for (int i = 0; i < ROUNDS - 6; i++)
        pairs[i].disturbed = true;
    cr_assert(eq(int, bench_compare(pairs, ROUNDS, BENCH_ALPHA, 1).verdict,
                 BENCH_SLOWER));
    pairs[ROUNDS - 6].disturbed = true;
    cr_assert(eq(int, bench_compare(pairs, ROUNDS, BENCH_ALPHA, 1).verdict,
                 BENCH_DISTURBED));
}

Test(compare, what_only_the_disturbed_pairs_say_is_not_resolved)
{
    struct bench_rng r = {8};
    struct bench_pair pairs[ROUNDS];

    /* Two thirds of the pairs were disturbed, and the disturbance hit the
     * design alone: it seems slower, and is not. */
    simulate_pairs(&r, &usual, 1, pairs, ROUNDS);
    for (int i = 0; i < 2 * ROUNDS / 3; i++) {
        pairs[i].time *= 1.5;
        pairs[i].disturbed = true;
    }
    struct bench_comparison c = bench_compare(pairs, ROUNDS, BENCH_ALPHA, 1);
    cr_assert(eq(int, c.verdict, BENCH_DISTURBED));
    cr_assert(c.all.median < 0.9);
    cr_assert(c.quiet.interval.low <= 1 && 1 <= c.quiet.interval.high);
    cr_assert(epsilon_eq(dbl, c.quiet.median, 1, 0.05));
}

Test(compare, all_disturbed_is_not_resolved)
{
    struct bench_rng r = {9};
    struct bench_pair pairs[ROUNDS];

    simulate_pairs(&r, &usual, 2, pairs, ROUNDS);
    for (int i = 0; i < ROUNDS; i++)
        pairs[i].disturbed = true;
    cr_assert(eq(int, bench_compare(pairs, ROUNDS, BENCH_ALPHA, 1).verdict,
                 BENCH_DISTURBED));
}

Test(compare, too_few_pairs_are_said_to_be_too_few)
{
    struct bench_rng r = {7};
    struct bench_pair pairs[ROUNDS];

    simulate_pairs(&r, &usual, 2, pairs, ROUNDS);
    cr_assert(eq(int, bench_compare(pairs, 5, BENCH_ALPHA, 1).verdict,
                 BENCH_TOO_FEW));
    cr_assert(
        eq(int, bench_compare(pairs, 6, BENCH_ALPHA, 1).verdict, BENCH_SLOWER));
    cr_assert(eq(int, bench_compare(pairs, 0, BENCH_ALPHA, 1).verdict,
                 BENCH_NO_NUMBER));
}

Test(compare, the_band_reaches_as_far_as_the_interval)
{
    struct bench_comparison aa = {.all = {.interval = {0.9, 1.05}}};

    cr_assert(epsilon_eq(dbl, bench_band(&aa), 1 / 0.9, 1e-12));
    aa.all.interval = (struct bench_interval){0.99, 1.05};
    cr_assert(epsilon_eq(dbl, bench_band(&aa), 1.05, 1e-12));
    aa.all.interval = (struct bench_interval){NAN, NAN};
    cr_assert(isinf(bench_band(&aa)));
}

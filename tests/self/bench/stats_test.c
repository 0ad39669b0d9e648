/* SPDX-License-Identifier: MIT
 *
 * stats_test.c - median, order-statistic interval, Tukey's fences
 */
#include "stats.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>

#include "rng.h"
#include "simulate.h"

Test(stats, median_of_odd_even_one_and_none)
{
    double odd[] = {1, 2, 10}, even[] = {1, 2, 10, 11};

    cr_assert(eq(dbl, bench_median(odd, 3), 2));
    cr_assert(eq(dbl, bench_median(even, 4), 6));
    cr_assert(eq(dbl, bench_median(odd, 1), 1));
    cr_assert(isnan(bench_median(odd, 0)));
}

Test(stats, sort_is_upwards)
{
    double x[] = {3, -1, 2, 2, 1e9, 0};

    bench_sort(x, 6);
    for (int i = 1; i < 6; i++)
        cr_assert(x[i - 1] <= x[i]);
}

/* Tables of the sign test: the largest d with P(B <= d - 1) <= alpha / 2.
 * E.g. Hollander, Wolfe and Chicken, "Nonparametric Statistical Methods". */
Test(stats, ranks_agree_with_the_tables_of_the_sign_test)
{
    static const struct {
        size_t n;
        double alpha;
        size_t rank;
    } table[] = {{5, 0.05, 0},  {6, 0.05, 1},   {8, 0.05, 1},   {9, 0.05, 2},
                 {10, 0.05, 2}, {12, 0.05, 3},  {15, 0.05, 4},  {20, 0.05, 6},
                 {25, 0.05, 8}, {30, 0.05, 10}, {50, 0.05, 18}, {100, 0.05, 40},
                 {7, 0.01, 0},  {8, 0.01, 1},   {20, 0.01, 4},  {30, 0.01, 8},
                 {0, 0.05, 0},  {1, 0.05, 0}};

    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        cr_expect(eq(sz, bench_interval_rank(table[i].n, table[i].alpha),
                     table[i].rank),
                  "n = %zu, alpha = %g", table[i].n, table[i].alpha);
}

Test(stats, a_large_n_does_not_underflow)
{
    /* k is near n/2 - 0.98 sqrt(n) for large n. */
    size_t k = bench_interval_rank(100000, 0.05);

    cr_assert(k > 49680 && k < 49700, "k = %zu", k);
}

Test(stats, too_few_numbers_give_no_interval)
{
    double x[] = {1, 2, 3, 4, 5};
    struct bench_interval i = bench_median_interval(x, 5, 0.05);

    cr_assert(isnan(i.low) && isnan(i.high));
}

/* How often an interval of n numbers from a skewed distribution holds the
 * true median, which is log 2. */
static double coverage(size_t n, double alpha, int runs)
{
    struct bench_rng r = {n};
    int hits = 0;

    for (int run = 0; run < runs; run++) {
        double x[64];
        struct bench_interval i;

        for (size_t k = 0; k < n; k++)
            x[k] = -log(1 - bench_rng_unit(&r));
        bench_sort(x, n);
        i = bench_median_interval(x, n, alpha);
        hits += i.low <= log(2) && log(2) <= i.high;
    }
    return (double)hits / runs;
}

/* The exact coverage is at least 95 %, and with n = 24 it is 97.7 %; 8000
 * runs give it to within half a per cent. */
Test(stats, intervals_cover_the_median_as_often_as_they_say)
{
    cr_assert(coverage(9, 0.05, 8000) > 0.955);
    cr_assert(coverage(24, 0.05, 8000) > 0.97);
    cr_assert(coverage(24, 0.05, 8000) < 0.985, "wider than it need be");
    cr_assert(coverage(60, 0.05, 8000) > 0.945);
    cr_assert(coverage(24, 0.003, 8000) > 0.996);
}

Test(stats, fences_stand_one_and_a_half_quartile_distances_out)
{
    double x[] = {1, 2, 3, 4, 5, 6, 7, 8, 9};
    struct bench_interval f = bench_tukey_fences(x, 9); /* quartiles 3, 7 */

    cr_assert(eq(dbl, f.low, -3));
    cr_assert(eq(dbl, f.high, 13));
    f = bench_tukey_fences(x, 1);
    cr_assert(eq(dbl, f.low, 1));
    cr_assert(eq(dbl, f.high, 1));
    cr_assert(isnan(bench_tukey_fences(x, 0).low));
}

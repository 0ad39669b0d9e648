/* SPDX-License-Identifier: MIT
 *
 * order_test.c - the properties of the Latin squares
 */
#include "order.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#define MOST 31

Test(order, two_designs_alternate_as_abba)
{
    int row[2];

    cr_assert(eq(int, bench_order_rows(2), 2));
    for (int round = 0; round < 6; round += 2) {
        bench_order_row(2, round, row);
        cr_assert(row[0] == 0 && row[1] == 1);
        bench_order_row(2, round + 1, row);
        cr_assert(row[0] == 1 && row[1] == 0);
    }
}

Test(order, one_design_is_one_row)
{
    int row[1] = {7};

    cr_assert(eq(int, bench_order_rows(1), 1));
    bench_order_row(1, 5, row);
    cr_assert(eq(int, row[0], 0));
}

Test(order, in_each_round_each_design_runs_once)
{
    for (int n = 1; n <= MOST; n++)
        for (int r = 0; r < bench_order_rows(n); r++) {
            int row[MOST], seen[MOST] = {0};

            bench_order_row(n, r, row);
            for (int i = 0; i < n; i++) {
                cr_assert(row[i] >= 0 && row[i] < n);
                cr_assert(eq(int, seen[row[i]]++, 0), "n=%d row=%d", n, r);
            }
        }
}

Test(order, each_design_stands_equally_often_in_each_position)
{
    for (int n = 1; n <= MOST; n++) {
        int at[MOST][MOST] = {{0}};

        for (int r = 0; r < bench_order_rows(n); r++) {
            int row[MOST];

            bench_order_row(n, r, row);
            for (int i = 0; i < n; i++)
                at[row[i]][i]++;
        }
        for (int d = 0; d < n; d++)
            for (int i = 0; i < n; i++)
                cr_assert(eq(int, at[d][i], bench_order_rows(n) / n));
    }
}

Test(order, each_design_follows_each_other_one_equally_often)
{
    for (int n = 2; n <= MOST; n++) {
        int after[MOST][MOST] = {{0}};

        for (int r = 0; r < bench_order_rows(n); r++) {
            int row[MOST];

            bench_order_row(n, r, row);
            for (int i = 1; i < n; i++)
                after[row[i - 1]][row[i]]++;
        }
        for (int a = 0; a < n; a++)
            for (int b = 0; b < n; b++)
                cr_assert(
                    eq(int, after[a][b], a == b ? 0 : bench_order_rows(n) / n),
                    "n=%d: %d behind %d", n, b, a);
    }
}

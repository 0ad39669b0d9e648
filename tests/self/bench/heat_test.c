/* SPDX-License-Identifier: MIT
 *
 * heat_test.c - updates by when and how long: the right cell, also at the edges
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <stdlib.h>

#include "heat.h"
#include "recorder.h"

Test(heat, an_update_is_in_the_cell_of_its_moment_and_length)
{
    struct bench_heat *h = bench_heat_new(100000);

    cr_assert(eq(u64, h->slice_ns, 1000));
    bench_heat_add(h, 0, 1);
    bench_heat_add(h, 999, 1024);
    bench_heat_add(h, 1000, 1024);
    cr_expect(eq(u64, h->count[0][0], 1));
    cr_expect(eq(u64, h->count[0][40], 1));
    cr_expect(eq(u64, h->count[1][40], 1));
    cr_expect(eq(dbl, bench_bin_low(40), 1024));
    free(h);
}

Test(heat, what_is_beyond_the_edges_counts_at_them)
{
    struct bench_heat *h = bench_heat_new(100000);

    bench_heat_add(h, 99999, 0);
    bench_heat_add(h, 100000, 0);
    bench_heat_add(h, UINT64_MAX, UINT64_MAX);
    cr_expect(eq(u64, h->count[BENCH_HEAT_SLICES - 1][0], 2));
    cr_expect(eq(u64, h->count[BENCH_HEAT_SLICES - 1][BENCH_HEAT_BINS - 1], 1));
    free(h);
}

Test(heat, a_trial_shorter_than_its_slices_has_slices_of_1_ns)
{
    struct bench_heat *h = bench_heat_new(0);

    cr_expect(eq(u64, h->slice_ns, 1));
    free(h);
}

Test(heat, merged_both_are_there)
{
    struct bench_heat *a = bench_heat_new(100), *b = bench_heat_new(100);

    bench_heat_add(a, 7, 100);
    bench_heat_add(b, 7, 100);
    bench_heat_add(b, 8, 100);
    bench_heat_merge(a, b);
    cr_expect(eq(u64, a->count[7][26], 2));
    cr_expect(eq(u64, a->count[8][26], 1));
    free(a);
    free(b);
}

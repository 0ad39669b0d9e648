/* SPDX-License-Identifier: MIT
 *
 * recorder_test.c - the recorder against the sorted samples themselves
 */
#include "recorder.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "rng.h"
#include "simulate.h"

#define SAMPLES 20000

Test(recorder, buckets_follow_each_other_without_gap_or_overlap)
{
    cr_assert(eq(u64, bench_bucket_low(0), 0));
    for (int i = 0; i + 1 < BENCH_RECORDER_BUCKETS; i++) {
        cr_assert(bench_bucket_low(i) <= bench_bucket_high(i));
        cr_assert(eq(u64, bench_bucket_high(i) + 1, bench_bucket_low(i + 1)));
    }
    cr_assert(
        eq(u64, bench_bucket_high(BENCH_RECORDER_BUCKETS - 1), UINT64_MAX));
}

Test(recorder, a_bucket_is_at_most_1_percent_wide)
{
    for (int i = 1; i < BENCH_RECORDER_BUCKETS; i++) {
        double low = (double)bench_bucket_low(i);

        cr_assert(le(dbl, (double)bench_bucket_high(i) - low, low / 100));
    }
}

Test(recorder, both_ends_of_a_bucket_fall_into_it)
{
    struct bench_recorder *r = bench_recorder_new();

    for (int i = 0; i < BENCH_RECORDER_BUCKETS; i++) {
        bench_recorder_add(r, bench_bucket_low(i));
        bench_recorder_add(r, bench_bucket_high(i));
        cr_assert(eq(u64, r->count[i], 2), "bucket %d", i);
    }
    free(r);
}

static int upwards(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

    return (x > y) - (x < y);
}

/* Times of three kinds: one narrow peak, a wide log-normal body, and a rare
 * tail a thousand times as long. */
static uint64_t draw(struct bench_rng *r)
{
    double u = bench_rng_unit(r);

    if (u < 0.3)
        return 20 + bench_rng_below(r, 3);
    if (u < 0.99)
        return (uint64_t)(2000 * exp(1.5 * simulate_normal(r)));
    return (uint64_t)(1e7 * (1 + bench_rng_unit(r)));
}

static uint64_t *sorted_samples(struct bench_recorder *r, uint64_t seed)
{
    uint64_t *x = calloc(SAMPLES, sizeof *x);
    struct bench_rng rng = {seed};

    for (int i = 0; i < SAMPLES; i++) {
        x[i] = draw(&rng);
        bench_recorder_add(r, x[i]);
    }
    qsort(x, SAMPLES, sizeof *x, upwards);
    return x;
}

Test(recorder, percentiles_are_within_1_percent_of_the_sorted_samples)
{
    static const double wanted[] = {0,  1,    10,   25,    50,     75, 90,
                                    99, 99.5, 99.9, 99.99, 99.995, 100};

    for (uint64_t seed = 1; seed <= 20; seed++) {
        struct bench_recorder *r = bench_recorder_new();
        uint64_t *x = sorted_samples(r, seed);

        for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
            double p = wanted[i];
            long rank = lround(ceil(p * SAMPLES / 100 - 1e-6));
            double truth = (double)x[rank > 0 ? rank - 1 : 0];
            double got = (double)bench_recorder_percentile(r, p);

            cr_assert(got >= truth && got <= 1.01 * truth, "p%g is %g, not %g",
                      p, got, truth);
        }
        free(x);
        free(r);
    }
}

Test(recorder, total_and_max_are_exact)
{
    struct bench_recorder *r = bench_recorder_new();
    uint64_t *x = sorted_samples(r, 99);

    cr_assert(eq(u64, r->total, SAMPLES));
    cr_assert(eq(u64, r->max, x[SAMPLES - 1]));
    cr_assert(eq(u64, bench_recorder_percentile(r, 100), x[SAMPLES - 1]));
    free(x);
    free(r);
}

Test(recorder, an_empty_recorder_answers_0)
{
    struct bench_recorder *r = bench_recorder_new();

    cr_assert(eq(u64, bench_recorder_percentile(r, 50), 0));
    bench_recorder_add_n(r, 1000000, 0);
    cr_assert(eq(u64, r->max, 0));
    free(r);
}

Test(recorder, merging_is_recording_in_one)
{
    struct bench_recorder *a = bench_recorder_new();
    struct bench_recorder *b = bench_recorder_new();
    struct bench_recorder *both = bench_recorder_new();
    struct bench_rng rng = {8};

    for (int i = 0; i < 1000; i++) {
        uint64_t value = draw(&rng);

        bench_recorder_add(i % 3 ? a : b, value);
        bench_recorder_add(both, value);
    }
    bench_recorder_merge(a, b);
    cr_assert(memcmp(a, both, sizeof *a) == 0);
    free(a);
    free(b);
    free(both);
}

/* Reads the text form back: each line must be true of the samples, and the
 * last one must be the maximum. */
Test(recorder, the_text_form_agrees_with_the_sorted_samples)
{
    struct bench_recorder *r = bench_recorder_new();
    uint64_t *x = sorted_samples(r, 3);
    char *text = NULL, *line, *rest;
    size_t size;
    FILE *f = open_memstream(&text, &size);
    int lines = 0;
    double fraction = -1;

    bench_recorder_write(r, f);
    fclose(f);
    rest = text;
    line = strsep(&rest, "\n");
    cr_assert(eq(str, line,
                 "       Value     Percentile TotalCount "
                 "1/(1-Percentile)"));
    cr_assert(eq(str, strsep(&rest, "\n"), ""));
    while ((line = strsep(&rest, "\n")) != NULL && line[0] != '#') {
        double value, last = fraction;
        uint64_t seen;
        int fields = sscanf(line, "%lf %lf %" SCNu64, &value, &fraction, &seen);

        cr_assert(eq(int, fields, 3), "%s", line);
        cr_assert(fraction > last, "%s", line);
        cr_assert(ge(dbl, (double)seen, fraction * SAMPLES - 1), "%s", line);
        cr_assert(le(dbl, (double)x[seen - 1], value), "%s", line);
        cr_assert(seen == SAMPLES || (double)x[seen] > value, "%s", line);
        lines++;
    }
    cr_assert(epsilon_eq(dbl, fraction, 1, 1e-12));
    cr_assert(lines > 40, "%d lines", lines);
    cr_assert(strncmp(line, "#[Mean    = ", 12) == 0, "%s", line);
    line = strsep(&rest, "\n");
    cr_assert(strstr(line, "Total count    =        20000]") != NULL, "%s",
              line);
    free(text);
    free(x);
    free(r);
}

/* SPDX-License-Identifier: MIT
 *
 * contract.c - the graded tests of lab 03 that a student sees
 */
#include "judge/judge.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define SUITE contract

static struct met_histogram *new_histogram(const double *bounds, size_t n)
{
    struct met_histogram *h = NULL;

    EXPECT_CODE(met_histogram_create(bounds, n, NULL, &h), 0);
    EXPECT(h != NULL, "met_histogram_create stores a histogram in *out",
           "NULL");
    return h;
}

/* "1 3 3" for three counts. */
static const char *listed(const uint64_t *counts, size_t n)
{
    static char text[256];
    size_t used = 0;

    for (size_t i = 0; i < n && used < sizeof text; i++)
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%llu",
                                 i ? " " : "", (unsigned long long)counts[i]);
    return text;
}

/* Takes a snapshot of a histogram with 3 bounds. */
static void expect_counts(struct met_histogram *h, uint64_t a, uint64_t b,
                          uint64_t c, uint64_t all)
{
    const uint64_t want[] = {a, b, c, all};
    uint64_t got[4] = {99, 99, 99, 99}, count = 99;
    double sum = 99;
    char expected[256];

    EXPECT_CODE(met_histogram_snapshot(h, got, 4, &count, &sum), 0);
    snprintf(expected, sizeof expected, "the cumulative counts are %s",
             listed(want, 4));
    EXPECT(memcmp(got, want, sizeof got) == 0, expected, "%s", listed(got, 4));
}

static void expect_count_and_sum(struct met_histogram *h, uint64_t want_count,
                                 double want_sum)
{
    uint64_t buckets[4], count = 99;
    double sum = 99;

    EXPECT_CODE(met_histogram_snapshot(h, buckets, 4, &count, &sum), 0);
    EXPECT(count == want_count, "count is that of all observations",
           "%llu instead of %llu", (unsigned long long)count,
           (unsigned long long)want_count);
    EXPECT(sum == want_sum || (isnan(sum) && isnan(want_sum)),
           "the sum is that of all observed values", "%.17g instead of %.17g",
           sum, want_sum);
}

/* ---- bounds ---- */

static void expect_bounds(const double *got, const double *want, size_t n)
{
    char which[48];

    for (size_t i = 0; i < n; i++) {
        snprintf(which, sizeof which, "bounds[%zu]", i);
        expect_double(which, got[i], want[i]);
    }
}

GRADED(default_bounds, 1,
       "The default bounds of the official clients: 0.005 0.01 0.025 0.05 0.1 "
       "0.25 0.5 1 2.5 5 10",
       .hint = "Eleven numbers, and no +Inf.",
       .help = {"histogram.c, met_bounds_default; the list stands in "
                "labs/include/met/histogram.h.",
                "Eleven numbers are stored in the array of the caller. +Inf is "
                "no bound: it is the bucket after the last one.",
                "A `static const double` array with the eleven numbers, and "
                "`memcpy(out, it, sizeof it)`."})
{
    const double want[MET_DEFAULT_BOUNDS] = {
        0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
    double got[MET_DEFAULT_BOUNDS] = {0};

    met_bounds_default(got);
    expect_bounds(got, want, MET_DEFAULT_BOUNDS);
}

GRADED(linear_bounds, 2, "Stores n bounds: start, start + width, ...",
       .hint = "The first bound is start itself.",
       .help = {"histogram.c, met_bounds_linear: what is stored at index 0?",
                "Bound i is start plus i times the width. Adding the width "
                "again and again would add its rounding errors, too.",
                "`out[i] = start + width * (double)i;` for i from 0 to n - 1, "
                "and `return 0;`."})
{
    double b[4] = {0};

    EXPECT_CODE(met_bounds_linear(-1, 0.5, 4, b), 0);
    expect_bounds(b, (double[]){-1, -0.5, 0, 0.5}, 4);
    EXPECT_CODE(met_bounds_linear(7, 1, 1, b), 0);
    expect_bounds(b, (double[]){7}, 1);
}

GRADED(exponential_bounds, 2, "Stores n bounds: start, start * factor, ...",
       .hint = "The first bound is start itself.",
       .help = {
           "histogram.c, met_bounds_exponential: what is stored at index 0?",
           "Bound i is start times the factor to the power of i.",
           "`out[i] = start * pow(factor, (double)i);` from math.h, for i from "
           "0 to n - 1."})
{
    double b[4] = {0};

    EXPECT_CODE(met_bounds_exponential(0.25, 4, 4, b), 0);
    expect_bounds(b, (double[]){0.25, 1, 4, 16}, 4);
}

/* From element `first` on, all are as they were. */
static void expect_untouched(const char *rule, const double *b, size_t first,
                             size_t n)
{
    for (size_t i = first; i < n; i++)
        EXPECT(b[i] == 77, rule, "element %zu was overwritten", i);
}

GRADED(wrong_rows_of_bounds_are_refused, 3,
       "MET_EINVAL when n is 0, width is not above 0, start is not above 0, "
       "factor is not above 1, or a bound would not be finite and above the "
       "one before; then *out is unchanged.",
       .hint = "Look at all bounds before you store the first. 1e308 + 1e308 "
               "is not finite, and 1e16 + 1 is not above 1e16.",
       .help = {"histogram.c, the checks at the beginning of met_bounds_linear "
                "and met_bounds_exponential.",
                "Two kinds of checks: of the arguments, and of each bound that "
                "comes out (finite, and above the one before). All of them "
                "come before the first store. A condition with NaN is false, "
                "so ask for what is allowed.",
                "`if (n == 0 || !(width > 0)) return MET_EINVAL;`. Then a loop "
                "that computes each bound and refuses when `!isfinite(b) || (i "
                "> 0 && !(b > last))`. Then a second loop that stores."})
{
    double b[3] = {77, 77, 77};

    EXPECT_CODE(met_bounds_linear(0, 1, 0, b), MET_EINVAL);
    EXPECT_CODE(met_bounds_linear(0, 0, 3, b), MET_EINVAL);
    EXPECT_CODE(met_bounds_linear(0, -1, 3, b), MET_EINVAL);
    EXPECT_CODE(met_bounds_linear(0, NAN, 3, b), MET_EINVAL);
    EXPECT_CODE(met_bounds_linear(NAN, 1, 1, b), MET_EINVAL);
    EXPECT_CODE(met_bounds_linear(-INFINITY, 1, 1, b), MET_EINVAL);
    EXPECT_CODE(met_bounds_linear(INFINITY, 1, 1, b), MET_EINVAL);
    EXPECT_CODE(met_bounds_linear(0, 1e308, 3, b), MET_EINVAL);
    EXPECT_CODE(met_bounds_linear(1e17, 1, 3, b), MET_EINVAL);
    EXPECT_CODE(met_bounds_exponential(1, 2, 0, b), MET_EINVAL);
    EXPECT_CODE(met_bounds_exponential(0, 2, 3, b), MET_EINVAL);
    EXPECT_CODE(met_bounds_exponential(-1, 2, 3, b), MET_EINVAL);
    EXPECT_CODE(met_bounds_exponential(1, 1, 3, b), MET_EINVAL);
    EXPECT_CODE(met_bounds_exponential(1, NAN, 3, b), MET_EINVAL);
    EXPECT_CODE(met_bounds_exponential(NAN, 2, 1, b), MET_EINVAL);
    EXPECT_CODE(met_bounds_exponential(INFINITY, 2, 1, b), MET_EINVAL);
    EXPECT_CODE(met_bounds_exponential(1, 1e200, 3, b), MET_EINVAL);
    expect_untouched("after an error *out is unchanged", b, 0, 3);
}

/* ---- create and destroy ---- */

GRADED(destroy_takes_null, 1,
       "Releases the histogram. NULL is allowed and does nothing.",
       .hint = "free(NULL) does nothing; what else does your destroy do?",
       .help = {
           "histogram.c, met_histogram_destroy: its first line.",
           "free(NULL) does nothing, but h->counts with h = NULL is a crash.",
           "`if (!h) return;`, and then release what create made, in the "
           "opposite order."})
{
    met_histogram_destroy(NULL);
    EXPECT_CODE(0, 0);
}

GRADED(no_memory_is_an_error, 2,
       "Returns 0, or MET_ENOMEM. After an error *out is unchanged.",
       .hint = "Every allocation can answer NULL, the second one, too. What is "
               "there already must be released.",
       .help = {"histogram.c, met_histogram_create: each allocation, and the "
                "lines after it.",
                "Each allocation may answer NULL, the second one when the "
                "first is there already. Then that one is released, and "
                "neither *out nor *wrong is touched.",
                "Make all allocations into local variables; `if (!h || "
                "!counts) { free(h); free(counts); return MET_ENOMEM; }`; and "
                "`*out = h;` just before `return 0;`."})
{
    struct met_histogram *none = (struct met_histogram *)&none;

    for (int allowed = 0; allowed < 5; allowed++) {
        struct met_histogram *h = none;
        size_t wrong = 99;
        RUN(allow_allocations, allowed);
        int err = met_histogram_create((double[]){1, 2}, 2, &wrong, &h);
        RUN(allow_allocations, -1);
        if (err == 0) {
            met_histogram_observe(h, 1); /* it must be whole */
            met_histogram_destroy(h);
            continue;
        }
        EXPECT_CODE(err, MET_ENOMEM);
        EXPECT(h == none, "*out is unchanged after MET_ENOMEM",
               "*out was overwritten");
        EXPECT(wrong == 99, "*wrong is unchanged after MET_ENOMEM",
               "*wrong was overwritten");
    }
}

GRADED(bounds_are_copied, 2,
       "Makes a histogram with n bounds, which are copied.",
       .hint = "The caller's array may be gone when create has returned.",
       .help = {
           "histogram.c, met_histogram_create: what does the struct keep of "
           "`bounds`?",
           "The array belongs to the caller, who may change or free it when "
           "create has returned. A pointer to it is no copy.",
           "Make room for n doubles of your own (`double bounds[];` at the end "
           "of the struct, or a second allocation) and copy them in a loop."})
{
    double bounds[] = {1, 2.5, 5}, got[3] = {0};
    struct met_histogram *h = new_histogram(bounds, 3);

    EXPECT_LONG(met_histogram_bounds(h, NULL, 0), 3);
    EXPECT_LONG(met_histogram_bounds(h, got, 3), 3);
    expect_bounds(got, bounds, 3);
    met_histogram_destroy(h);
}

GRADED(at_most_n_bounds, 1,
       "Copies the bounds, at most n of them. Returns how many bounds the "
       "histogram has.",
       .hint = "Two numbers limit the copy.",
       .help = {"histogram.c, met_histogram_bounds: the condition of the loop, "
                "and the result.",
                "The caller's array has n elements, and the histogram has its "
                "number of bounds: the smaller one ends the copy. The result "
                "is always the histogram's number.",
                "`for (size_t i = 0; i < n && i < h->n; i++) bounds[i] = "
                "h->bounds[i];` and `return h->n;`."})
{
    struct met_histogram *h = new_histogram((double[]){1, 2, 3}, 3);
    double two[2] = {0}, five[5] = {0, 0, 0, 77, 77};

    EXPECT_LONG(met_histogram_bounds(h, two, 2), 3);
    expect_bounds(two, (double[]){1, 2}, 2);
    EXPECT_LONG(met_histogram_bounds(h, five, 5), 3);
    expect_bounds(five, (double[]){1, 2, 3}, 3);
    expect_untouched("what stands after the last bound is unchanged", five, 3,
                     5);
    met_histogram_destroy(h);
}

static void expect_refused(const double *bounds, size_t n, size_t index)
{
    struct met_histogram *none = (struct met_histogram *)&none, *h = none;
    size_t wrong = 99;

    EXPECT_CODE(met_histogram_create(bounds, n, &wrong, &h), MET_EINVAL);
    EXPECT(wrong == index, "*wrong is the index of the first wrong bound",
           "%zu instead of %zu", wrong, index);
    EXPECT(h == none, "after an error *out is unchanged",
           "*out was overwritten");
}

GRADED(wrong_bounds_are_refused, 3,
       "MET_EINVAL when the bounds are not finite and strictly increasing; "
       "then *wrong is the index of the first bound that is not finite or not "
       "above the one before. After an error *out is unchanged.",
       .hint = "Equal bounds, a fall, NaN, and an infinity at either end.",
       .help = {"histogram.c, met_histogram_create: the check of the bounds, "
                "before anything is made.",
                "Go from the front: the first bound that is not finite, or not "
                "above the one before, is the wrong one. The first bound has "
                "none before it. Nothing is stored in *out.",
                "`if (!isfinite(bounds[i]) || (i > 0 && !(bounds[i] > bounds[i "
                "- 1])))`: then store i in *wrong and return MET_EINVAL."})
{
    expect_refused((double[]){1, 1}, 2, 1);
    expect_refused((double[]){1, 2, 1.5, 0}, 4, 2);
    expect_refused((double[]){NAN, 1}, 2, 0);
    expect_refused((double[]){1, NAN, 2}, 3, 1);
    expect_refused((double[]){1, 2, INFINITY}, 3, 2);
    expect_refused((double[]){-INFINITY, 2}, 2, 0);
}

GRADED(wrong_may_be_null, 1, "wrong may be NULL.",
       .hint = "Look before you store the index.",
       .help = {
           "histogram.c, met_histogram_create: the line that writes *wrong.",
           "Who does not want to know the index gives NULL.",
           "`if (wrong) *wrong = i;`."})
{
    struct met_histogram *h = NULL;

    EXPECT_CODE(met_histogram_create((double[]){2, 1}, 2, NULL, &h),
                MET_EINVAL);
}

/* ---- observe and snapshot ---- */

GRADED(
    a_new_histogram_is_empty, 2,
    "cumulative[i] becomes the number of observations in buckets 0 to i, "
    "*count that of all of them, *sum their sum.",
    .hint = "malloc() does not clear what it gives.",
    .help = {
        "histogram.c, met_histogram_create: which members get a first value?",
        "Memory from malloc holds what was there before: the counts, the sum, "
        "and the count if you keep one.",
        "calloc for the counts, and `h->sum = 0;`. If there is a lock, "
        "initialize it, too."})
{
    struct met_histogram *h = new_histogram((double[]){1, 2, 5}, 3);

    expect_counts(h, 0, 0, 0, 0);
    expect_count_and_sum(h, 0, 0);
    met_histogram_destroy(h);
}

GRADED(a_value_on_a_bound_belongs_to_it, 2,
       "A value on a bound belongs to that bound.",
       .hint = "The first bucket whose bound is at least v.",
       .help = {"histogram.c: the search for the bucket, its comparison.",
                "The name of a bucket is \"le\": less than or equal. The "
                "bucket is the first one whose bound is not below v.",
                "`if (v <= h->bounds[i])`, not `<`. When no bound fits, it is "
                "bucket n, which is +Inf."})
{
    struct met_histogram *h = new_histogram((double[]){1, 2, 5}, 3);

    met_histogram_observe(h, 2);
    expect_counts(h, 0, 1, 1, 1);
    met_histogram_observe(h, 5);
    expect_counts(h, 0, 1, 2, 2);
    met_histogram_observe(h, 1);
    expect_counts(h, 1, 2, 3, 3);
    met_histogram_destroy(h);
}

GRADED(counts_are_cumulative, 2,
       "cumulative[i] becomes the number of observations in buckets 0 to i.",
       .hint = "An observation counts in its bucket and in all above.",
       .help = {
           "histogram.c, met_histogram_snapshot: what becomes cumulative[i]?",
           "Observe counts in one bucket only. The snapshot adds up: each "
           "element is its own bucket and all below it. The sums must not be "
           "stored in the histogram, or the second snapshot adds them again.",
           "Copy the n + 1 counts, then `for (i = 1; i <= n; i++) "
           "cumulative[i] += cumulative[i - 1];`."})
{
    struct met_histogram *h = new_histogram((double[]){1, 2, 5}, 3);

    met_histogram_observe(h, 0.5);
    met_histogram_observe(h, 4);
    met_histogram_observe(h, 3);
    met_histogram_observe(h, 9); /* above all bounds: +Inf */
    expect_counts(h, 1, 1, 3, 4);
    expect_counts(h, 1, 1, 3, 4); /* reading changes nothing */
    met_histogram_destroy(h);
}

GRADED(sum_and_count_of_all, 2,
       "*count that of all of them (it equals the last element), *sum their "
       "sum.",
       .hint = "Fractions, negative values, and what is above all bounds.",
       .help = {
           "histogram.c, met_histogram_observe: what does it do with v itself?",
           "The sum takes each v as it is: negative, with its fraction, and "
           "above all bounds, too. It is a double. The count is that of all "
           "buckets, +Inf included.",
           "observe: `h->sum += v;`. snapshot: `*sum = h->sum; *count = "
           "cumulative[n];`, where n is the number of bounds."})
{
    struct met_histogram *h = new_histogram((double[]){1, 2, 5}, 3);

    met_histogram_observe(h, 0.25);
    met_histogram_observe(h, 100);
    expect_count_and_sum(h, 2, 100.25);
    met_histogram_observe(h, -0.75); /* the sum may fall */
    expect_count_and_sum(h, 3, 99.5);
    met_histogram_observe(h, 1e9 + 0.25); /* more digits than a float has */
    expect_count_and_sum(h, 4, 1e9 + 99.75);
    met_histogram_destroy(h);
}

GRADED(
    no_bounds_at_all, 1,
    "n may be 0, and then bounds may be NULL: all is counted in +Inf.",
    .hint = "An array of no elements, and a search in it.",
    .help = {
        "histogram.c: everything that reads bounds[0], or copies n bounds.",
        "With n = 0 there is one bucket, +Inf, and `bounds` may be NULL. A "
        "search over no bounds must end at once, with bucket 0.",
        "Loops with `i < n` do nothing for 0. memcpy from NULL is not allowed "
        "even for 0 bytes: copy in a loop. Room for n + 1 counts is 1."})
{
    struct met_histogram *h = new_histogram(NULL, 0);
    uint64_t all = 99, count = 99;
    double sum = 99;

    met_histogram_observe(h, 3);
    met_histogram_observe(h, -4);
    EXPECT_CODE(met_histogram_snapshot(h, &all, 1, &count, &sum), 0);
    expect_long("the count of the one bucket, +Inf,", (long)all, 2);
    expect_long("*count", (long)count, 2);
    expect_double("*sum", sum, -1);
    met_histogram_destroy(h);
}

GRADED(
    nan_is_counted_in_inf, 2,
    "+Inf and NaN are counted in the last bucket, and NaN makes the sum "
    "NaN.",
    .hint = "Every comparison with NaN is false.",
    .help = {
        "histogram.c: the search for the bucket. Where does it end when each "
        "comparison is false?",
        "NaN <= bound is false for every bound. So a search that asks `v <= "
        "bound` and goes on otherwise ends in the last bucket. One that asks "
        "`v > bound` does not.",
        "Write the condition so that it is true when the bucket fits: `if (v "
        "<= h->bounds[i]) ...; else` go on. The sum becomes NaN by itself."})
{
    struct met_histogram *h = new_histogram((double[]){1, 2, 5}, 3);

    met_histogram_observe(h, NAN);
    expect_counts(h, 0, 0, 0, 1);
    expect_count_and_sum(h, 1, NAN);
    met_histogram_observe(h, 0.5);
    expect_counts(h, 1, 1, 1, 2);
    expect_count_and_sum(h, 2, NAN);
    met_histogram_destroy(h);
}

GRADED(
    infinities_are_observed, 1,
    "-Inf is counted in the first bucket; +Inf in the last.",
    .hint = "They need no code of their own.",
    .help = {
        "histogram.c, met_histogram_observe: does a check come before the "
        "search?",
        "-Inf is below every bound and +Inf above every one: the search finds "
        "the first and the last bucket. The sum takes them as any other value.",
        "No check of v at all. `v <= bound` does what is needed."})
{
    struct met_histogram *h = new_histogram((double[]){1, 2, 5}, 3);

    met_histogram_observe(h, INFINITY);
    expect_counts(h, 0, 0, 0, 1);
    expect_count_and_sum(h, 1, INFINITY);
    met_histogram_destroy(h);
    h = new_histogram((double[]){1, 2, 5}, 3);
    met_histogram_observe(h, -INFINITY);
    expect_counts(h, 1, 1, 1, 1);
    expect_count_and_sum(h, 1, -INFINITY);
    met_histogram_destroy(h);
}

GRADED(a_snapshot_of_another_size_is_refused, 1,
       "MET_EINVAL when n is not the number of bounds plus 1; then nothing is "
       "stored.",
       .hint = "One element for each bound, and one for +Inf.",
       .help = {
           "histogram.c, met_histogram_snapshot: its first lines.",
           "n is the length of the caller's array: one element for each bound, "
           "and one for +Inf. Any other n is an error, and then nothing is "
           "stored.",
           "`if (n != h->n + 1) return MET_EINVAL;` before anything else."})
{
    struct met_histogram *h = new_histogram((double[]){1, 2, 5}, 3);
    uint64_t counts[5] = {77, 77, 77, 77, 77}, count = 77;
    double sum = 77;

    EXPECT_CODE(met_histogram_snapshot(h, counts, 3, &count, &sum), MET_EINVAL);
    EXPECT_CODE(met_histogram_snapshot(h, counts, 5, &count, &sum), MET_EINVAL);
    EXPECT(counts[0] == 77 && count == 77 && sum == 77,
           "nothing is stored after MET_EINVAL", "something was");
    met_histogram_destroy(h);
}

GRADED(histograms_are_apart, 1, "Makes a histogram with n bounds.",
       .hint = "Do two histograms share something?",
       .help = {"histogram.c: is there a variable of the file that holds "
                "counts, bounds or a sum?",
                "Each call of met_histogram_create makes memory of its own for "
                "all of these.",
                "No `static` variable that changes: counts, bounds and sum are "
                "members of the struct, or allocated for it."})
{
    struct met_histogram *a = new_histogram((double[]){1, 2, 5}, 3);
    struct met_histogram *b = new_histogram((double[]){2, 3, 4}, 3);

    met_histogram_observe(a, 1.5);
    expect_counts(a, 0, 1, 1, 1);
    expect_counts(b, 0, 0, 0, 0);
    expect_count_and_sum(b, 0, 0);
    met_histogram_observe(b, 1.5);
    expect_counts(b, 1, 1, 1, 1);
    met_histogram_destroy(a);
    met_histogram_destroy(b);
}

/* ---- quantiles ---- */

static const double tens[] = {10, 20, 30};

GRADED(
    a_quantile_lies_on_a_line, 3,
    "It looks for the bucket in which observation number q * count lies, and "
    "goes through it in a straight line. The first bucket begins at 0.",
    .hint = "Subtract what lies below the bucket from the rank and from the "
            "bucket's count.",
    .help = {"histogram.c, met_quantile: the rank, the bucket, and the line "
             "inside the bucket.",
             "The rank is q times the count of all. The bucket is the first "
             "whose cumulative count is not below the rank. Inside of it only "
             "the observations of this bucket count: subtract those below from "
             "the rank and from the count.",
             "begin = bound before it (0 for the first), below = cumulative "
             "count before it (0 for the first): `begin + (bound - begin) * "
             "(rank - below) / (cumulative[b] - below)`."})
{
    const uint64_t c[] = {4, 12, 16, 16};

    EXPECT_NEAR(met_quantile(0.5, tens, c, 3), 15, 1e-12);
    EXPECT_NEAR(met_quantile(0.125, tens, c, 3), 5, 1e-12);
    EXPECT_NEAR(met_quantile(0.25, tens, c, 3), 10, 1e-12);
    EXPECT_NEAR(met_quantile(0.875, tens, c, 3), 25, 1e-12);
    EXPECT_NEAR(met_quantile(1, tens, c, 3), 30, 1e-12);
    EXPECT_DOUBLE(met_quantile(0, tens, c, 3), 0);

    /* half of all end with the first bucket; the second is empty */
    const uint64_t gap[] = {4, 4, 8, 8};
    EXPECT_NEAR(met_quantile(0.5, tens, gap, 3), 10, 1e-12);
}

GRADED(a_quantile_in_inf_is_the_highest_bound, 1,
       "In the bucket +Inf, the highest bound is the answer.",
       .hint = "Nobody knows how far +Inf reaches.",
       .help = {
           "histogram.c, met_quantile: what when the search ends in bucket n?",
           "The bucket +Inf has no upper end, so there is no line to walk. The "
           "answer is the last bound.",
           "After the search: `if (b == n) return bounds[n - 1];`."})
{
    const uint64_t c[] = {1, 1, 2, 8};

    EXPECT_DOUBLE(met_quantile(0.9, tens, c, 3), 30);
    EXPECT_DOUBLE(met_quantile(1, tens, c, 3), 30);
}

GRADED(a_first_bucket_below_0_is_its_bound, 1,
       "If its bound is not above 0, the bound is the answer.",
       .hint = "A line from 0 down to the bound would be wrong.",
       .help = {
           "histogram.c, met_quantile: what when the search ends in bucket 0?",
           "The first bucket begins at 0, if its bound is above 0. If not, the "
           "bound is the answer.",
           "`if (b == 0 && bounds[0] <= 0) return bounds[0];` before the line "
           "is computed."})
{
    const double below[] = {-5, 5}, zero[] = {0, 5};
    const uint64_t c[] = {6, 8, 8};

    EXPECT_DOUBLE(met_quantile(0.5, below, c, 2), -5);
    EXPECT_DOUBLE(met_quantile(0, below, c, 2), -5);
    EXPECT_DOUBLE(met_quantile(0.25, zero, c, 2), 0);
}

GRADED(
    quantiles_that_are_no_number, 2,
    "NaN when q is NaN, when there are no observations or no bounds, and "
    "for q = 0 with an empty first bucket whose bound is above 0 (0/0); "
    "-Inf when q < 0; +Inf when q > 1.",
    .hint = "Ask about q first, as it was given, and then about the counts. "
            "A q below 0 or above 1 has an answer of its own.",
    .help = {
        "histogram.c, met_quantile: the order of its checks.",
        "First q, as it was given: NaN, below 0, above 1. Then: no bounds or "
        "no observations. The last case, 0/0, comes out of the line by itself.",
        "`if (isnan(q)) return NAN; if (q < 0) return -INFINITY; if (q > 1) "
        "return INFINITY; if (n == 0 || cumulative[n] == 0) return NAN;`. Do "
        "not catch a division by 0."})
{
    const uint64_t c[] = {0, 4, 4, 4}, none[] = {0, 0, 0, 0};

    EXPECT_DOUBLE(met_quantile(NAN, tens, c, 3), NAN);
    EXPECT_DOUBLE(met_quantile(-0.1, tens, c, 3), -INFINITY);
    EXPECT_DOUBLE(met_quantile(1.1, tens, c, 3), INFINITY);
    EXPECT_DOUBLE(met_quantile(0.5, tens, none, 3), NAN);
    EXPECT_DOUBLE(met_quantile(0.5, NULL, c + 1, 0), NAN);
    EXPECT_DOUBLE(met_quantile(0, tens, c, 3), NAN);
    EXPECT_DOUBLE(met_quantile(2, tens, none, 3), INFINITY);

    /* here the line and the first bound would answer */
    const uint64_t low[] = {2, 4, 4, 4};
    EXPECT_DOUBLE(met_quantile(-0.1, tens, low, 3), -INFINITY);
    EXPECT_DOUBLE(met_quantile(NAN, (double[]){-5, 5}, low, 2), NAN);
}

/* ---- timers ---- */

GRADED(a_timer_counts_seconds, 2,
       "Returns the seconds since the start, with their fraction.",
       .hint = "The struct holds nanoseconds, the result is in seconds.",
       .help = {"histogram.c, met_timer_start and met_timer_seconds; and "
                "struct met_timer in labs/include/met/histogram.h.",
                "start_ns holds nanoseconds since some moment. The difference "
                "of two such numbers, divided by 1e9 as a double, is in "
                "seconds. A division of integers would lose the fraction.",
                "`(int64_t)t.tv_sec * 1000000000 + t.tv_nsec` is the clock; "
                "`(double)(now - t->start_ns) / 1e9` the result."})
{
    struct met_timer t = {0};

    met_timer_start(&t);
    double first = met_timer_seconds(&t);
    EXPECT(first >= 0 && first < 60, "a little more than 0 seconds", "%g",
           first);
    RUN(change_clocks, 0, 2.25);
    double later = met_timer_seconds(&t);
    EXPECT(later >= 2.25 && later < 62, "2.25 seconds and a little", "%g",
           later);
    met_timer_start(&t); /* starts it again */
    double again = met_timer_seconds(&t);
    EXPECT(again >= 0 && again < 2.25, "a little more than 0 seconds", "%g",
           again);
}

GRADED(
    a_timer_is_monotonic, 2,
    "A stop watch on the monotonic clock, which does not jump when somebody "
    "sets the time of day.",
    .hint = "Which clock?",
    .help = {
        "histogram.c: the first argument of your clock_gettime.",
        "CLOCK_REALTIME jumps when somebody sets the time of day. A stop watch "
        "needs the clock that only goes forward.",
        "`clock_gettime(CLOCK_MONOTONIC, &t)`, both in start and in seconds."})
{
    struct met_timer t = {0};

    met_timer_start(&t);
    RUN(change_clocks, -3600, 0);
    double back = met_timer_seconds(&t);
    EXPECT(back >= 0 && back < 60,
           "a little more than 0 seconds, although the time of day was set "
           "back by an hour",
           "%g", back);
    RUN(change_clocks, 7200, 0);
    double forth = met_timer_seconds(&t);
    EXPECT(forth >= 0 && forth < 60,
           "a little more than 0 seconds, although the time of day was set "
           "forward by two hours",
           "%g", forth);
}

GRADED(a_timer_is_observed, 1,
       "Observes the seconds since the start, and returns them.",
       .hint = "Read the clock once: what is observed is what is returned.",
       .help = {
           "histogram.c, met_timer_observe: how often does it read the clock?",
           "What is observed and what is returned must be the same number: the "
           "clock goes on between two readings.",
           "Keep met_timer_seconds(t) in a variable; give the variable to "
           "met_histogram_observe, and return it."})
{
    struct met_histogram *h = new_histogram((double[]){1, 100, 1000}, 3);
    struct met_timer t = {0};

    met_timer_start(&t);
    RUN(change_clocks, 0, 10.5);
    double v = met_timer_observe(&t, h);
    EXPECT(v >= 10.5 && v < 70, "10.5 seconds and a little", "%g", v);
    expect_counts(h, 0, 1, 1, 1);
    expect_count_and_sum(h, 1, v);
    met_histogram_destroy(h);
}

/* ---- threads ---- */

GRADED(
    no_observation_is_lost, 4,
    "observe, snapshot and the readers of bounds may run in any thread at "
    "any time on the same histogram.",
    .hint = "Reading, adding and writing must be one step, for the count "
            "and for the sum.",
    .help = {"histogram.c, met_histogram_observe: each line that changes a "
             "count or the sum.",
             "Two threads may both read a count of 5 and both write 6. The sum "
             "can be lost in the same way. The search for the bucket needs no "
             "protection: the bounds never change.",
             "A mutex in the struct, taken after the search: `lock; "
             "h->counts[i]++; h->sum += v; unlock;`. snapshot takes it, too."},
    .threads = true,
    .schedules = "observe_beside_observe observe_beside_another_bucket")
{
    double threads = 4, rounds = 400, out[2];

    scenario("histogram_from_threads", (double[]){threads, rounds}, 2, out, 2);
    expect_double("the count of all observations", out[0], threads * rounds);
    expect_double("the sum of all observations", out[1],
                  threads * rounds * 0.75);
}

GRADED(a_snapshot_is_of_one_set, 5,
       "All three belong to one set of observations: those that ended before "
       "this call, and perhaps some that are being made during it.",
       .hint = "Between the first count that is read and the sum, another "
               "thread may observe.",
       .help = {"histogram.c, met_histogram_snapshot: what can an observer do "
                "between your first and your last read?",
                "An observation changes a count and the sum. A snapshot that "
                "reads one before and the other after it belongs to no set of "
                "observations. Atomic counts alone do not help: all must be "
                "read with nobody in between.",
                "The same mutex in observe and in snapshot, held while the "
                "counts are copied and the sum is read. The adding up can come "
                "after the unlock."},
       .threads = true,
       .schedules = "snapshot_beside_observe snapshot_beside_two "
                    "snapshot_beside_snapshot")
{
    double out[2];

    scenario("histogram_read_beside_observers", (double[]){2, 1500}, 2, out, 2);
    EXPECT(out[0] == 0, "buckets, count and sum belong together",
           "%g snapshots did not", out[0]);
    EXPECT(out[1] == 0, "a later snapshot has all of an earlier one",
           "%g had not", out[1]);
}

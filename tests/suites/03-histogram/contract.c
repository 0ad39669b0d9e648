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
       .hint = "Eleven numbers, and no +Inf.")
{
    const double want[MET_DEFAULT_BOUNDS] = {
        0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
    double got[MET_DEFAULT_BOUNDS] = {0};

    met_bounds_default(got);
    expect_bounds(got, want, MET_DEFAULT_BOUNDS);
}

GRADED(linear_bounds, 2, "Stores n bounds: start, start + width, ...",
       .hint = "The first bound is start itself.")
{
    double b[4] = {0};

    EXPECT_CODE(met_bounds_linear(-1, 0.5, 4, b), 0);
    expect_bounds(b, (double[]){-1, -0.5, 0, 0.5}, 4);
    EXPECT_CODE(met_bounds_linear(7, 1, 1, b), 0);
    expect_bounds(b, (double[]){7}, 1);
}

GRADED(exponential_bounds, 2, "Stores n bounds: start, start * factor, ...",
       .hint = "The first bound is start itself.")
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
               "is not finite, and 1e16 + 1 is not above 1e16.")
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
       .hint = "free(NULL) does nothing; what else does your destroy do?")
{
    met_histogram_destroy(NULL);
    EXPECT_CODE(0, 0);
}

GRADED(no_memory_is_an_error, 2,
       "Returns 0, or MET_ENOMEM. After an error *out is unchanged.",
       .hint = "Every allocation can answer NULL, the second one, too. What is "
               "there already must be released.")
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
       .hint = "The caller's array may be gone when create has returned.")
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
       .hint = "Two numbers limit the copy.")
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
       .hint = "Equal bounds, a fall, NaN, and an infinity at either end.")
{
    expect_refused((double[]){1, 1}, 2, 1);
    expect_refused((double[]){1, 2, 1.5, 0}, 4, 2);
    expect_refused((double[]){NAN, 1}, 2, 0);
    expect_refused((double[]){1, NAN, 2}, 3, 1);
    expect_refused((double[]){1, 2, INFINITY}, 3, 2);
    expect_refused((double[]){-INFINITY, 2}, 2, 0);
}

GRADED(wrong_may_be_null, 1, "wrong may be NULL.",
       .hint = "Look before you store the index.")
{
    struct met_histogram *h = NULL;

    EXPECT_CODE(met_histogram_create((double[]){2, 1}, 2, NULL, &h),
                MET_EINVAL);
}

/* ---- observe and snapshot ---- */

GRADED(a_new_histogram_is_empty, 2,
       "cumulative[i] becomes the number of observations in buckets 0 to i, "
       "*count that of all of them, *sum their sum.",
       .hint = "malloc() does not clear what it gives.")
{
    struct met_histogram *h = new_histogram((double[]){1, 2, 5}, 3);

    expect_counts(h, 0, 0, 0, 0);
    expect_count_and_sum(h, 0, 0);
    met_histogram_destroy(h);
}

GRADED(a_value_on_a_bound_belongs_to_it, 2,
       "A value on a bound belongs to that bound.",
       .hint = "The first bucket whose bound is at least v.")
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
       .hint = "An observation counts in its bucket and in all above.")
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
       .hint = "Fractions, negative values, and what is above all bounds.")
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

GRADED(no_bounds_at_all, 1,
       "n may be 0, and then bounds may be NULL: all is counted in +Inf.",
       .hint = "An array of no elements, and a search in it.")
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

GRADED(nan_is_counted_in_inf, 2,
       "+Inf and NaN are counted in the last bucket, and NaN makes the sum "
       "NaN.",
       .hint = "Every comparison with NaN is false.")
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

GRADED(infinities_are_observed, 1,
       "-Inf is counted in the first bucket; +Inf in the last.",
       .hint = "They need no code of their own.")
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
       .hint = "One element for each bound, and one for +Inf.")
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
       .hint = "Do two histograms share something?")
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
            "bucket's count.")
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
       .hint = "Nobody knows how far +Inf reaches.")
{
    const uint64_t c[] = {1, 1, 2, 8};

    EXPECT_DOUBLE(met_quantile(0.9, tens, c, 3), 30);
    EXPECT_DOUBLE(met_quantile(1, tens, c, 3), 30);
}

GRADED(a_first_bucket_below_0_is_its_bound, 1,
       "If its bound is not above 0, the bound is the answer.",
       .hint = "A line from 0 down to the bound would be wrong.")
{
    const double below[] = {-5, 5}, zero[] = {0, 5};
    const uint64_t c[] = {6, 8, 8};

    EXPECT_DOUBLE(met_quantile(0.5, below, c, 2), -5);
    EXPECT_DOUBLE(met_quantile(0, below, c, 2), -5);
    EXPECT_DOUBLE(met_quantile(0.25, zero, c, 2), 0);
}

GRADED(quantiles_that_are_no_number, 2,
       "NaN when q is NaN, when there are no observations or no bounds, and "
       "for q = 0 with an empty first bucket whose bound is above 0 (0/0); "
       "-Inf when q < 0; +Inf when q > 1.",
       .hint = "Ask about q first, as it was given, and then about the counts. "
               "A q below 0 or above 1 has an answer of its own.")
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
       .hint = "The struct holds nanoseconds, the result is in seconds.")
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

GRADED(a_timer_is_monotonic, 2,
       "A stop watch on the monotonic clock, which does not jump when somebody "
       "sets the time of day.",
       .hint = "Which clock?")
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
       .hint = "Read the clock once: what is observed is what is returned.")
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

GRADED(no_observation_is_lost, 4,
       "observe, snapshot and the readers of bounds may run in any thread at "
       "any time on the same histogram.",
       .hint = "Reading, adding and writing must be one step, for the count "
               "and for the sum.",
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

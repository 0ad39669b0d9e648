/* SPDX-License-Identifier: MIT
 *
 * hidden.c - the graded tests of lab 03 that a student does not see
 *
 * Their numbers cannot be foreseen, so answers cannot be written down. What
 * they expect is computed here, in the plainest way.
 */
#include "judge/judge.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>

#define SUITE hidden

enum { BOUNDS = 9, VALUES = 40 };

/* Quarters are exact in a double: their sum does not depend on the order. The
 * numbers are unforeseen; which kinds of them come is not, so that what is
 * found does not depend on luck. */
static double quarters(long lowest, long highest)
{
    return (double)unforeseen(lowest, highest) / 4;
}

/* The first one has the sign that is asked for. */
static void unforeseen_bounds(double *bounds, int sign)
{
    double b = bounds[0] = sign * quarters(1, 40);

    for (int i = 1; i < BOUNDS; i++)
        bounds[i] = b += quarters(1, 400);
}

/* On a bound, below all, between, above all, in turn. */
static double unforeseen_value(int i, const double *bounds)
{
    switch (i % 4) {
    case 0: return bounds[unforeseen(0, BOUNDS - 1)];
    case 1: return bounds[0] - quarters(41, 400);
    case 2: return quarters(0, 4000);
    default: return bounds[BOUNDS - 1] + quarters(1, 400);
    }
}

static struct met_histogram *new_histogram(const double *bounds, size_t n)
{
    struct met_histogram *h = NULL;

    EXPECT_CODE(met_histogram_create(bounds, n, NULL, &h), 0);
    EXPECT(h != NULL, "met_histogram_create stores a histogram in *out",
           "NULL");
    return h;
}

static uint64_t at_most(const double *values, size_t n, double bound)
{
    uint64_t k = 0;

    for (size_t i = 0; i < n; i++)
        k += values[i] <= bound;
    return k;
}

GRADED(any_values_in_any_buckets, 4,
       "observe(v) counts v in the first bucket whose bound is at least v. "
       "cumulative[i] becomes the number of observations in buckets 0 to i.",
       .hint = "Count by hand how many values are at most as large as each "
               "bound.")
{
    double bounds[BOUNDS], values[VALUES], want = 0, sum = 99;
    uint64_t got[BOUNDS + 1], count = 99;

    unforeseen_bounds(bounds, 1);
    struct met_histogram *h = new_histogram(bounds, BOUNDS);
    for (int i = 0; i < VALUES; i++) {
        values[i] = unforeseen_value(i, bounds);
        want += values[i];
        met_histogram_observe(h, values[i]);
    }
    EXPECT_CODE(met_histogram_snapshot(h, got, BOUNDS + 1, &count, &sum), 0);
    for (int i = 0; i < BOUNDS; i++)
        EXPECT(got[i] == at_most(values, VALUES, bounds[i]),
               "each count is that of the values that are at most the bound",
               "%llu of %zu at bound %g", (unsigned long long)got[i],
               at_most(values, VALUES, bounds[i]), bounds[i]);
    expect_long("the count of the last bucket, +Inf,", (long)got[BOUNDS],
                VALUES);
    expect_long("*count", (long)count, VALUES);
    expect_double("*sum", sum, want);
    met_histogram_destroy(h);
}

GRADED(any_row_of_bounds, 2,
       "Stores n bounds: start, start + width, start + 2 * width, ... Stores n "
       "bounds: start, start * factor, start * factor^2, ...",
       .hint = "The n-th bound, not the first three.")
{
    enum { N = 20 };
    double start = (double)unforeseen(-1000, 1000) / 8;
    double width = (double)unforeseen(1, 1000) / 8;
    double factor = 1 + (double)unforeseen(1, 64) / 16, b[N] = {0};
    char which[48];

    EXPECT_CODE(met_bounds_linear(start, width, N, b), 0);
    for (int i = 0; i < N; i++) {
        snprintf(which, sizeof which, "bound %d, start + %d width,", i, i);
        expect_double(which, b[i], start + width * i);
    }
    start = (double)unforeseen(1, 1000) / 8;
    EXPECT_CODE(met_bounds_exponential(start, factor, N, b), 0);
    for (int i = 0; i < N; i++) {
        snprintf(which, sizeof which, "bound %d, start * factor^%d,", i, i);
        expect_near(which, b[i], start * pow(factor, i), 1e-12);
    }
}

/* histogram_quantile() of Prometheus 2.42, in the words of its source. */
static double prometheus_quantile(double q, const double *bounds,
                                  const uint64_t *c, size_t n)
{
    double rank = q * (double)c[n];
    size_t b = 0;

    while (b < n && (double)c[b] < rank)
        b++;
    if (b == n)
        return bounds[n - 1];
    if (b == 0 && bounds[0] <= 0)
        return bounds[0];
    if (b == 0)
        return bounds[0] * (rank / (double)c[0]);
    rank -= (double)c[b - 1];
    return bounds[b - 1] +
           (bounds[b] - bounds[b - 1]) * (rank / (double)(c[b] - c[b - 1]));
}

/* A quantile in the middle of each bucket that is not empty. */
static void expect_quantiles(const double *bounds, const uint64_t *c)
{
    for (int i = 0; i <= BOUNDS; i++) {
        double below = i > 0 ? (double)c[i - 1] : 0;
        double rank =
            below + ((double)c[i] - below) * (double)unforeseen(20, 80) / 100;
        double q = rank / (double)c[BOUNDS];
        if ((double)c[i] > below)
            EXPECT_NEAR(met_quantile(q, bounds, c, BOUNDS),
                        prometheus_quantile(q, bounds, c, BOUNDS), 1e-12);
    }
}

GRADED(any_quantile, 4,
       "Estimates the value below which the part q of all observations lies, "
       "as histogram_quantile() of PromQL does.",
       .hint = "Follow the rule for each bucket, the empty ones, too.")
{
    double bounds[BOUNDS];
    uint64_t c[BOUNDS + 1];

    for (int round = 0; round < 4; round++) {
        uint64_t below = 0;
        unforeseen_bounds(bounds, round % 2 ? -1 : 1);
        for (int i = 0; i <= BOUNDS; i++) {
            bool empty = i % 3 == 1;
            c[i] = below += empty ? 0 : (uint64_t)unforeseen(1, 3) * 7;
        }
        expect_quantiles(bounds, c);
    }
}

GRADED(many_bounds, 1, "Makes a histogram with n bounds, which are copied.",
       .hint = "Is there a limit on n that the contract does not have?")
{
    enum { MANY = 1000 };
    static double bounds[MANY];
    static uint64_t got[MANY + 1];
    uint64_t count = 0;
    double sum = 0;

    for (int i = 0; i < MANY; i++)
        bounds[i] = i;
    struct met_histogram *h = new_histogram(bounds, MANY);
    long value = unforeseen(300, 900);
    met_histogram_observe(h, (double)value);
    EXPECT_CODE(met_histogram_snapshot(h, got, MANY + 1, &count, &sum), 0);
    expect_long("the count below the value", (long)got[value - 1], 0);
    expect_long("the count of the bound that the value lies on",
                (long)got[value], 1);
    expect_long("the count of the last bucket, +Inf,", (long)got[MANY], 1);
    expect_double("*sum", sum, (double)value);
    met_histogram_destroy(h);
}

GRADED(two_readers_beside_observers, 3,
       "Of one thread's snapshots a later one has all observations of an "
       "earlier one.",
       .hint = "What if two threads take a snapshot at once?", .threads = true,
       .schedules = "snapshot_beside_snapshot snapshot_twice")
{
    double rounds = (double)unforeseen(900, 1300), out[2];

    scenario("histogram_two_readers", (double[]){rounds}, 1, out, 2);
    EXPECT(out[0] == 0, "buckets, count and sum belong together",
           "%g snapshots did not", out[0]);
    EXPECT(out[1] == 0, "a later snapshot has all of an earlier one",
           "%g had not", out[1]);
}

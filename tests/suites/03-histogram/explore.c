/* SPDX-License-Identifier: MIT
 *
 * explore.c - lab 03 under the schedule explorer: the histogram in every order
 */
#include "interleave.h"
#include "met/histogram.h"
#include <stddef.h>

static struct met_histogram *histogram;

/* One bound, 1: the values 0.5 and 2 fill one bucket each. */
static void setup(void)
{
    static const double bound[] = {1};

    if (met_histogram_create(bound, 1, NULL, &histogram) < 0)
        il_skip();
}

struct snapshot {
    uint64_t cumulative[2], count;
    double sum;
};

static struct snapshot read_one(void)
{
    struct snapshot s = {{0, 0}, 0, 0};

    il_expect_long(
        "what met_histogram_snapshot returns:",
        met_histogram_snapshot(histogram, s.cumulative, 2, &s.count, &s.sum),
        0);
    return s;
}

static void agree(struct snapshot s)
{
    double small = (double)s.cumulative[0];
    double large = (double)s.cumulative[1] - small;

    il_expect_long("*count, which must equal cumulative[1]:", (long)s.count,
                   (long)s.cumulative[1]);
    il_expect_double("the sum that belongs to the counts of the same snapshot:",
                     s.sum, 0.5 * small + 2 * large);
}

static void small(void)
{
    met_histogram_observe(histogram, 0.5);
}

static void large(void)
{
    met_histogram_observe(histogram, 2);
}

static void snapshot(void)
{
    agree(read_one());
}

static void snapshot_twice(void)
{
    struct snapshot first = read_one(), second = read_one();

    agree(first);
    agree(second);
    il_expect("the second snapshot has all of the first",
              second.count >= first.count &&
                  second.cumulative[0] >= first.cumulative[0]);
}

static void ends_with(long in_small, long all)
{
    struct snapshot s = read_one();

    agree(s);
    il_expect_long("observations in the first bucket, at the end:",
                   (long)s.cumulative[0], in_small);
    il_expect_long("observations, at the end:", (long)s.count, all);
    met_histogram_destroy(histogram);
}

static void two_small(void)
{
    ends_with(2, 2);
}

static void one_of_each(void)
{
    ends_with(1, 2);
}

static void one_small(void)
{
    ends_with(1, 1);
}

static void small_then_large(void)
{
    small();
    large();
}

const struct il_scenario il_scenarios[] = {
    {.name = "observe_beside_observe",
     .says = "No observation is lost.",
     .setup = setup,
     .threads = {small, small},
     .does = {"observe(0.5)", "observe(0.5)"},
     .check = two_small},
    {.name = "observe_beside_another_bucket",
     .says = "No observation is lost.",
     .setup = setup,
     .threads = {small, large},
     .does = {"observe(0.5)", "observe(2)"},
     .check = one_of_each},
    {.name = "snapshot_beside_observe",
     .says = "All three belong to one set of observations.",
     .setup = setup,
     .threads = {small, snapshot},
     .does = {"observe(0.5)", "snapshot()"},
     .check = one_small},
    {.name = "snapshot_beside_two",
     .says = "All three belong to one set of observations.",
     .setup = setup,
     .threads = {small, large, snapshot},
     .does = {"observe(0.5)", "observe(2)", "snapshot()"},
     .check = one_of_each},
    {.name = "snapshot_beside_snapshot",
     .says = "All three belong to one set of observations.",
     .setup = setup,
     .threads = {small, snapshot, snapshot},
     .does = {"observe(0.5)", "snapshot()", "snapshot()"},
     .check = one_small},
    {.name = "snapshot_twice",
     .says = "Of one thread's snapshots a later one has all observations of an "
             "earlier one.",
     .setup = setup,
     .threads = {small_then_large, snapshot_twice},
     .does = {"observe(0.5), observe(2)", "snapshot(), snapshot()"},
     .check = one_of_each},
    {.name = NULL},
};

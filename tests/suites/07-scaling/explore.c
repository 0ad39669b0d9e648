/* SPDX-License-Identifier: MIT
 *
 * explore.c - lab 07 under the schedule explorer: threads that come and go
 *
 * With the scenarios of labs 01 to 03, which this lab's manifest names.
 */
#include "interleave.h"
#include "met/counter.h"
#include "met/histogram.h"

#include <pthread.h>
#include <stddef.h>

static struct met_counter *counter, *other;
static struct met_histogram *histogram;

static void two_counters(void)
{
    if (met_counter_create(&counter) < 0 || met_counter_create(&other) < 0)
        il_skip();
}

static void one_histogram(void)
{
    static const double bound[] = {1};

    if (met_histogram_create(bound, 1, NULL, &histogram) < 0)
        il_skip();
}

static void inc(void)
{
    met_counter_inc(counter);
}

/* The first one of a thread may go another way than all that follow. */
static void inc_twice(void)
{
    inc();
    inc();
}

static void inc_other(void)
{
    met_counter_inc(other);
}

static void *run_inc(void *p)
{
    (void)p;
    inc();
    return NULL;
}

static void *run_small(void *p)
{
    (void)p;
    met_histogram_observe(histogram, 0.5);
    return NULL;
}

/* In a thread that ends before this returns. */
static void in_a_thread(void *(*run)(void *))
{
    pthread_t t;

    if (pthread_create(&t, NULL, run, NULL) != 0)
        il_skip();
    pthread_join(t, NULL);
}

static void value_twice(void)
{
    double first = met_counter_value(counter);
    double second = met_counter_value(counter);

    il_expect("the second value is not below the first", second >= first);
}

static void two_threads_in_turn(void)
{
    in_a_thread(run_inc);
    in_a_thread(run_inc);
    il_expect_double("value after two threads that have ended",
                     met_counter_value(counter), 2);
}

static void thread_then_value(void)
{
    in_a_thread(run_inc);
    il_expect("value has the count of a thread that has ended",
              met_counter_value(counter) >= 1);
}

static void come_and_go(void)
{
    struct met_counter *mine;

    if (met_counter_create(&mine) < 0)
        il_skip();
    met_counter_inc(mine);
    il_expect_double("value of a counter of one's own", met_counter_value(mine),
                     1);
    met_counter_destroy(mine);
}

static void values_are(double mine, double others)
{
    il_expect_double("value, at the end,", met_counter_value(counter), mine);
    il_expect_double("value of the other counter, at the end,",
                     met_counter_value(other), others);
    met_counter_destroy(counter);
    met_counter_destroy(other);
}

static void is_one_and_one(void)
{
    values_are(1, 1);
}

static void is_one_and_none(void)
{
    values_are(1, 0);
}

static void is_two_and_none(void)
{
    values_are(2, 0);
}

static void is_two_and_one(void)
{
    values_are(2, 1);
}

static void count_late(void *p)
{
    (void)p;
    met_counter_inc(counter);
}

/* Its key is younger than the submission's: its destructor comes later. */
static void inc_and_late(void)
{
    pthread_key_t key;

    met_counter_inc(counter);
    if (pthread_key_create(&key, count_late) != 0 ||
        pthread_setspecific(key, &key) != 0)
        il_skip();
}

static void is_four_and_none(void)
{
    values_are(4, 0);
}

static void large(void)
{
    met_histogram_observe(histogram, 2);
}

static void small_in_a_thread(void)
{
    in_a_thread(run_small);
}

static void read_one(uint64_t cumulative[2])
{
    uint64_t count = 0;
    double sum = 0;

    il_expect_long(
        "what met_histogram_snapshot returns:",
        met_histogram_snapshot(histogram, cumulative, 2, &count, &sum), 0);
    il_expect_long("the count, and the last of the cumulative counts",
                   (long)count, (long)cumulative[1]);
    double small = (double)cumulative[0];
    il_expect_double("the sum that belongs to the counts of the same snapshot:",
                     sum, 0.5 * small + 2 * ((double)cumulative[1] - small));
}

static void snapshot(void)
{
    uint64_t c[2] = {0, 0};

    read_one(c);
}

static void one_of_each(void)
{
    uint64_t c[2] = {0, 0};

    read_one(c);
    il_expect_long("observations in the first bucket, at the end:", (long)c[0],
                   1);
    il_expect_long("observations, at the end:", (long)c[1], 2);
    met_histogram_destroy(histogram);
}

static void one_small(void)
{
    uint64_t c[2] = {0, 0};

    read_one(c);
    il_expect_long("observations, at the end:", (long)c[1], 1);
    met_histogram_destroy(histogram);
}

extern const struct il_scenario il_counter[], il_gauge[], il_histogram[];

const struct il_scenario il_scenarios[] = {
    {.name = "end_beside_value",
     .says = "Threads that end leave their counts; values never go down.",
     .setup = two_counters,
     .threads = {inc_twice, value_twice},
     .does = {"inc(), inc(), ends", "value(), value()"},
     .check = is_two_and_none},
    {.name = "two_threads_in_turn",
     .says = "A thread that goes on with another's slot loses nothing of it.",
     .setup = two_counters,
     .threads = {two_threads_in_turn},
     .does = {"inc() in two threads, in turn"},
     .check = is_two_and_none},
    {.name = "end_beside_beginning",
     .says = "A thread may begin while another one ends.",
     .setup = two_counters,
     .threads = {thread_then_value, inc_other},
     .does = {"a thread: inc(); then value()", "inc() of the other counter"},
     .check = is_one_and_one},
    {.name = "counters_beside_each_other",
     .says = "Two counters share nothing.",
     .setup = two_counters,
     .threads = {inc, inc_other},
     .does = {"inc()", "inc() of the other counter"},
     .check = is_one_and_one},
    {.name = "create_and_destroy_beside_inc",
     .says = "Counters come and go beside updates of others.",
     .setup = two_counters,
     .threads = {inc, come_and_go},
     .does = {"inc()", "create, inc, value, destroy"},
     .check = is_one_and_none},
    {.name = "three_threads",
     .says = "No update is lost.",
     .setup = two_counters,
     .threads = {inc, inc_other, inc},
     .does = {"inc()", "inc() of the other counter", "inc()"},
     .check = is_two_and_one},
    {.name = "late_beside_beginning",
     .says = "No update is lost, not in a destructor either.",
     .setup = two_counters,
     .threads = {inc_and_late, inc_twice},
     .does = {"inc(); inc() in a destructor", "inc(), inc()"},
     .check = is_four_and_none},
    {.name = "observer_ends_beside_snapshot",
     .says = "All three belong to one set of observations.",
     .setup = one_histogram,
     .threads = {small_in_a_thread, snapshot},
     .does = {"a thread: observe(0.5)", "snapshot()"},
     .check = one_small},
    {.name = "observers_in_turn",
     .says = "A thread that goes on with another's slot loses nothing of it.",
     .setup = one_histogram,
     .threads = {small_in_a_thread, large},
     .does = {"a thread: observe(0.5)", "observe(2)"},
     .check = one_of_each},
    {.others = il_counter},
    {.others = il_gauge},
    {.others = il_histogram},
    {.name = NULL},
};

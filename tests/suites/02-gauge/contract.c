/* SPDX-License-Identifier: MIT
 *
 * contract.c - the graded tests of lab 02 that a student sees
 */
#include "judge/judge.h"

#include <math.h>
#include <time.h>

#define SUITE contract

static struct met_gauge *new_gauge(void)
{
    struct met_gauge *g = NULL;

    EXPECT_CODE(met_gauge_create(&g), 0);
    EXPECT(g != NULL, "met_gauge_create stores a gauge in *out", "NULL");
    return g;
}

/* ---- one thread ---- */

GRADED(destroy_takes_null, 1,
       "Releases the gauge. NULL is allowed and does nothing.",
       .hint = "free(NULL) does nothing, too.",
       .help = {"gauge.c, met_gauge_destroy.",
                "free() does nothing for NULL; but whatever else you do there "
                "with the gauge is not allowed to.",
                "If you only free: `free(g);` is all. If there is a lock to "
                "destroy: `if (!g) return;` before it."})
{
    met_gauge_destroy(NULL);
    EXPECT_CODE(0, 0);
}

GRADED(a_new_gauge_stands_at_0, 2,
       "Makes a gauge that stands at 0 and stores it in *out.",
       .hint = "malloc() does not clear what it gives.",
       .help = {"gauge.c, met_gauge_create: which members does it set?",
                "Memory from malloc holds what was there before. Every member "
                "needs a first value.",
                "After the allocation: `atomic_init(&g->value, 0.0);`, or an "
                "assignment when the value is a plain double under a lock."})
{
    struct met_gauge *a = new_gauge(), *b;

    EXPECT_DOUBLE(met_gauge_value(a), 0);
    met_gauge_set(a, 7);
    met_gauge_destroy(a); /* its memory may be handed out again */
    b = new_gauge();
    EXPECT_DOUBLE(met_gauge_value(b), 0);
    met_gauge_destroy(b);
}

GRADED(no_memory_is_an_error, 2,
       "Returns 0, or MET_ENOMEM; then *out is unchanged.",
       .hint = "Every allocation can answer NULL; *out is written last.",
       .help = {"gauge.c, met_gauge_create, the lines between the allocation "
                "and `return 0`.",
                "Each allocation may answer NULL. Then nothing has been stored "
                "in *out, and what was got before is given back.",
                "Keep the new gauge in a local variable. NULL: return "
                "MET_ENOMEM. Only in the last line but one: `*out = ...;`."})
{
    struct met_gauge *none = (struct met_gauge *)&none;

    for (int allowed = 0; allowed < 4; allowed++) {
        struct met_gauge *g = none;
        RUN(allow_allocations, allowed);
        int err = met_gauge_create(&g);
        RUN(allow_allocations, -1);
        if (err == 0) {
            EXPECT(g && g != none, "MET_ENOMEM, or 0 and a gauge in *out",
                   "0, and %s in *out", g ? "nothing" : "NULL");
            met_gauge_inc(g); /* it must be whole */
            met_gauge_destroy(g);
            continue;
        }
        EXPECT_CODE(err, MET_ENOMEM);
        EXPECT(g == none, "*out is unchanged after MET_ENOMEM",
               "*out was overwritten");
    }
}

GRADED(
    set_makes_v_the_value, 2, "Makes v the value, whatever it was.",
    .hint = "met_gauge_set, met_gauge_value.",
    .help = {
        "gauge.c, met_gauge_set and met_gauge_value.",
        "set does not ask what was there: it is a store. value only reads.",
        "One atomic_store_explicit of v, relaxed, and in value an "
        "atomic_load_explicit of the same order. With a lock: both take it."})
{
    struct met_gauge *g = new_gauge();

    met_gauge_set(g, 20.5);
    EXPECT_DOUBLE(met_gauge_value(g), 20.5);
    met_gauge_set(g, -3);
    EXPECT_DOUBLE(met_gauge_value(g), -3);
    EXPECT_DOUBLE(met_gauge_value(g), -3); /* reading changes nothing */
    met_gauge_set(g, 0);
    EXPECT_DOUBLE(met_gauge_value(g), 0);
    met_gauge_destroy(g);
}

GRADED(inc_and_dec_are_1, 2, "Adds 1. Subtracts 1.",
       .hint = "A gauge may fall below 0.",
       .help = {"gauge.c, met_gauge_inc and met_gauge_dec.",
                "dec is the same as inc with -1. Nothing stops at 0: a gauge "
                "may be negative, so its type has a sign.",
                "`met_gauge_add(g, 1.0);` and `met_gauge_add(g, -1.0);`."})
{
    struct met_gauge *g = new_gauge();

    met_gauge_inc(g);
    met_gauge_inc(g);
    EXPECT_DOUBLE(met_gauge_value(g), 2);
    met_gauge_dec(g);
    EXPECT_DOUBLE(met_gauge_value(g), 1);
    met_gauge_dec(g);
    met_gauge_dec(g);
    met_gauge_dec(g);
    EXPECT_DOUBLE(met_gauge_value(g), -2);
    met_gauge_destroy(g);
}

GRADED(add_adds_any_double, 2, "Adds v, which may be any double.",
       .hint = "A gauge refuses nothing.",
       .help = {
           "gauge.c: the type of the value in struct met_gauge, and the line "
           "of met_gauge_add that adds.",
           "Unlike a counter, a gauge refuses no amount: no check at all "
           "stands before the addition. An integer type anywhere on the way "
           "would cut 0.5 to 0.",
           "The loop of lab 01 without its check: load the value, try to "
           "exchange it for `seen + v`, and try again if somebody was faster."})
{
    struct met_gauge *g = new_gauge();

    met_gauge_add(g, 0.5);
    met_gauge_add(g, 0.25);
    EXPECT_DOUBLE(met_gauge_value(g), 0.75);
    met_gauge_add(g, -2);
    EXPECT_DOUBLE(met_gauge_value(g), -1.25);
    met_gauge_destroy(g);
}

GRADED(sub_subtracts_any_double, 2, "Subtracts v, which may be any double.",
       .hint = "sub of a negative number adds.",
       .help = {"gauge.c, met_gauge_sub.",
                "To subtract v is to add -v, also when v is negative, an "
                "infinity or NaN.",
                "`met_gauge_add(g, -v);`."})
{
    struct met_gauge *g = new_gauge();

    met_gauge_sub(g, 0.5);
    EXPECT_DOUBLE(met_gauge_value(g), -0.5);
    met_gauge_sub(g, -2);
    EXPECT_DOUBLE(met_gauge_value(g), 1.5);
    met_gauge_destroy(g);
}

GRADED(
    special_values_are_shown, 2,
    "NaN and infinities are accepted and shown, and Inf - Inf is NaN.",
    .hint =
        "set stores v: it compares nothing and computes nothing. NaN is not "
        "equal to itself, and Inf - Inf is NaN.",
    .help = {
        "gauge.c, met_gauge_add: what does your loop compare, and with which "
        "type?",
        "NaN is not equal to itself. A loop that compares doubles with == "
        "never ends when the value is NaN. And set must not look at v at all.",
        "atomic_compare_exchange compares the bytes, so NaN does no harm: give "
        "it `&seen` and `seen + v`, and compare nothing yourself. set is one "
        "store."})
{
    struct met_gauge *g = new_gauge();

    met_gauge_set(g, INFINITY);
    EXPECT_DOUBLE(met_gauge_value(g), INFINITY);
    met_gauge_sub(g, INFINITY);
    EXPECT_DOUBLE(met_gauge_value(g), NAN);
    met_gauge_set(g, -INFINITY);
    EXPECT_DOUBLE(met_gauge_value(g), -INFINITY);
    met_gauge_inc(g);
    EXPECT_DOUBLE(met_gauge_value(g), -INFINITY);
    met_gauge_set(g, NAN);
    EXPECT_DOUBLE(met_gauge_value(g), NAN);
    met_gauge_add(g, 1); /* NaN must not make it wait for ever */
    EXPECT_DOUBLE(met_gauge_value(g), NAN);
    met_gauge_set(g, 4);
    EXPECT_DOUBLE(met_gauge_value(g), 4);
    met_gauge_destroy(g);
}

GRADED(gauges_are_apart, 1, "Makes a gauge that stands at 0.",
       .hint = "Is there one value for all gauges?",
       .help = {"gauge.c: is the value a member of struct met_gauge, or a "
                "variable of the file?",
                "Each call of met_gauge_create makes memory of its own, and "
                "each function uses the gauge that it is given.",
                "No `static` variable holds a value: `struct met_gauge { "
                "_Atomic double value; };` and everywhere `g->value`."})
{
    struct met_gauge *a = new_gauge(), *b = new_gauge();

    met_gauge_set(a, 5);
    met_gauge_inc(b);
    EXPECT_DOUBLE(met_gauge_value(a), 5);
    EXPECT_DOUBLE(met_gauge_value(b), 1);
    met_gauge_destroy(a);
    met_gauge_destroy(b);
}

/* ---- time ---- */

static double unix_now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_REALTIME, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* A millisecond, and what a double cannot hold of the time. */
#define MILLISECOND 0.0011

GRADED(
    current_time_is_unix_time, 3,
    "Makes the time of now the value: seconds since the start of 1970 in "
    "UTC (Unix time), with their fraction, at least to the millisecond.",
    .hint = "Which clock, and which unit? A whole number of seconds is "
            "not enough.",
    .help = {
        "gauge.c, met_gauge_set_to_current_time: which clock do you read, and "
        "what do you do with its nanoseconds?",
        "Unix time is CLOCK_REALTIME. The monotonic clock counts from another "
        "moment. time(2) has whole seconds only. Read the clock at each call.",
        "clock_gettime(2) with CLOCK_REALTIME fills a struct timespec: the "
        "value is tv_sec plus tv_nsec divided by 1e9, both as doubles."})
{
    struct met_gauge *g = new_gauge();

    for (int i = 0; i < 3; i++) {
        double set = 1000 * i; /* the submission's clock, from call to call */
        double before = unix_now() + set;
        met_gauge_set_to_current_time(g);
        double after = unix_now() + set, v = met_gauge_value(g);
        RUN(change_clocks, 1000, 0);
        EXPECT(v >= before - MILLISECOND && v <= after + MILLISECOND,
               "the value lies between the time before the call and the time "
               "after it",
               "%.6f, which is %.6f seconds %s the call began", v,
               fabs(v - before), v < before ? "before" : "after");
    }
    met_gauge_destroy(g);
}

/* ---- in progress ---- */

GRADED(work_is_counted_while_it_runs, 2,
       "Adds 1 to the gauge and remembers it in *p. Subtracts 1 from the gauge "
       "of the work that was begun.",
       .hint = "met_in_progress_begin, met_in_progress_end.",
       .help = {"gauge.c, met_in_progress_begin and met_in_progress_end; and "
                "struct met_in_progress in labs/include/met/gauge.h.",
                "begin adds 1 to the gauge that it is given and writes into *p "
                "which one it was. end subtracts 1 from that one.",
                "begin: `met_gauge_inc(g); p->gauge = g;`. end: "
                "`met_gauge_dec(p->gauge);`."})
{
    struct met_gauge *g = new_gauge(), *other = new_gauge();
    struct met_in_progress a = {0}, b = {0}, c = {0};

    met_in_progress_begin(&a, g);
    met_in_progress_begin(&b, other);
    met_in_progress_begin(&c, g);
    EXPECT_DOUBLE(met_gauge_value(g), 2);
    met_in_progress_end(&a);
    EXPECT_DOUBLE(met_gauge_value(g), 1);
    EXPECT_DOUBLE(met_gauge_value(other), 1);
    met_in_progress_end(&b);
    met_in_progress_end(&c);
    EXPECT_DOUBLE(met_gauge_value(g), 0);
    EXPECT_DOUBLE(met_gauge_value(other), 0);
    met_gauge_destroy(g);
    met_gauge_destroy(other);
}

GRADED(a_second_end_does_nothing, 2,
       "Zeroed it stands for no work, and its end does nothing. A second end "
       "does nothing.",
       .hint = "What does *p say after the end?",
       .help = {
           "gauge.c, met_in_progress_end: what stands in *p when it returns?",
           "A struct that is zeroed stands for no work. After the end, *p must "
           "look like that again.",
           "`if (p->gauge) met_gauge_dec(p->gauge);` and then `p->gauge = "
           "NULL;`."})
{
    struct met_gauge *g = new_gauge();
    struct met_in_progress work = {0};

    met_in_progress_end(&work);
    met_in_progress_begin(&work, g);
    met_in_progress_end(&work);
    met_in_progress_end(&work);
    EXPECT_DOUBLE(met_gauge_value(g), 0);
    met_in_progress_begin(&work, g);
    EXPECT_DOUBLE(met_gauge_value(g), 1);
    met_in_progress_end(&work);
    EXPECT_DOUBLE(met_gauge_value(g), 0);
    met_gauge_destroy(g);
}

/* ---- threads ---- */

GRADED(no_update_is_lost, 4, "inc, dec, add and sub lose no update.",
       .hint = "Reading, adding and writing must be one step.",
       .help =
           {"gauge.c: every line that reads the value and then writes it: inc, "
            "dec, add, sub.",
            "Two threads may both read 5 and both write 6. Reading, adding and "
            "writing must be one step that nobody comes between.",
            "A loop that tries atomic_compare_exchange_weak_explicit with what "
            "was `seen` and with `seen + v`, until it succeeds. On failure "
            "`seen` becomes the new value. Let inc, dec and sub call add."},
       .threads = true,
       .schedules = "inc_beside_inc inc_beside_dec add_beside_sub")
{
    double threads = 4, rounds = 500;
    double value = RUN(gauge_from_threads, threads, rounds);

    /* of each four updates of a thread: +1, -1, +0.5, -0.25 */
    EXPECT_DOUBLE(value, threads * rounds * 0.25);
}

GRADED(work_from_threads_ends_at_0, 2,
       "Any number of them may count on one gauge.",
       .hint = "begin and end need the protection that inc and dec have.",
       .help = {"gauge.c, met_in_progress_begin and met_in_progress_end: how "
                "do they change the gauge?",
                "They are an inc and a dec, from any thread. *p itself belongs "
                "to one thread and needs no protection.",
                "Call met_gauge_inc and met_gauge_dec there, and nothing that "
                "reads the value and sets it."},
       .threads = true, .schedules = "work_beside_work")
{
    EXPECT_DOUBLE(RUN(gauge_work_from_threads, 4, 500), 0);
}

/* SPDX-License-Identifier: MIT
 *
 * judge.h - what a graded suite is written with
 *
 * A suite is a Criterion test file. Its tests read as plain C, but every met_
 * function that they call runs in another process, the driver, where the
 * submission is loaded. The driver answers with values; the test compares.
 *
 *     #define SUITE contract            // "contract" is shown to students,
 *                                       // "hidden" is not
 *     GRADED(add_adds, 2, "Adds v, which may be a fraction.",
 *            .hint = "Look at ...")
 *     {
 *         struct met_counter *c = new_counter();
 *
 *         EXPECT_CODE(met_counter_add(c, 0.5), 0);
 *         EXPECT_DOUBLE(met_counter_value(c), 0.5);
 *         met_counter_destroy(c);
 *     }
 *
 * Points, sentence, hint and help of a test stand here and nowhere else. The
 * sentence is the one of the contract that the test guards, word for word.
 * The help is asked for step by step, by `make hint`:
 *
 *     .help = {"where to look", "which idea", "nearly the code"}
 *
 * All three, or none: then the sentence, the hint and what the test saw stand
 * in for them.
 *
 * The first expectation that is not met ends the test. Everything that was
 * called is kept as the steps that led there. A driver that crashes, hangs,
 * exits or talks nonsense fails the test with a sentence that says so, and
 * the next test gets a new one. A test must destroy what it creates: what is
 * left at its end is counted as a leak of the submission.
 */
#ifndef JUDGE_H
#define JUDGE_H

#include "wire/contract.h"

#include <criterion/criterion.h>
#include <stddef.h>
#include <stdint.h>

struct graded {
    void (*body)(void); /* for `make debug`, which runs it by itself */
    int points;
    const char *sentence;  /* the contract's own words */
    const char *hint;      /* where to look; never the answer */
    const char *help[3];   /* for `make hint`, one at a time */
    bool threads;          /* replayed under ThreadSanitizer, too */
    bool texts;            /* calls nothing of the submission: no replay */
    const char *schedules; /* scenarios of explore.c that must not be wrong */
};

#define JUDGE_NAME_(suite, name, what) suite##_##name##_##what
#define JUDGE_NAME(suite, name, what) JUDGE_NAME_(suite, name, what)
/* A later lab may use the suite again: its tests are then called
 * REUSED_name. */
#ifdef REUSED
#define JUDGE_AGAIN_(reused, name) reused##_##name
#define JUDGE_AGAIN(reused, name) JUDGE_AGAIN_(reused, name)
#define JUDGE_TEST(suite, name, ...) \
    JUDGE_TEST_(suite, JUDGE_AGAIN(REUSED, name), __VA_ARGS__)
#define JUDGE_TEST_(suite, ...) Test(suite, __VA_ARGS__)
#else
#define JUDGE_TEST(suite, ...) Test(suite, __VA_ARGS__)
#endif

#define GRADED(name, points_, sentence_, ...)                                 \
    static void JUDGE_NAME(SUITE, name, body)(void);                          \
    static const struct graded JUDGE_NAME(SUITE, name, graded) = {            \
        .body = JUDGE_NAME(SUITE, name, body),                                \
        .points = points_,                                                    \
        .sentence = sentence_,                                                \
        __VA_ARGS__};                                                         \
    JUDGE_TEST(SUITE, name, .data = (void *)&JUDGE_NAME(SUITE, name, graded)) \
    {                                                                         \
        judge_open();                                                         \
        JUDGE_NAME(SUITE, name, body)();                                      \
        judge_finish();                                                       \
    }                                                                         \
    static void JUDGE_NAME(SUITE, name, body)(void)

/* Expectations. Each says in text what was called, what should have come back
 * and what did; `call` is evaluated once. */
#define EXPECT_CODE(call, want) expect_code(#call, (call), (want))
#define EXPECT_LONG(call, want) expect_long(#call, (call), (want))
#define EXPECT_DOUBLE(call, want) expect_double(#call, (call), (want))
#define EXPECT_NEAR(call, want, relative) \
    expect_near(#call, (call), (want), (relative))
#define EXPECT_STR(call, want) expect_str(#call, (call), (want))
#define EXPECT(condition, expected, ...) \
    ((condition) ? (void)0 : judge_fail((expected), __VA_ARGS__))

/* 0 or a code of error.h, shown by its name. */
void expect_code(const char *call, int got, int want);
void expect_long(const char *call, long got, long want);
/* Equal in value; NaN equals NaN, and zeros are equal. */
void expect_double(const char *call, double got, double want);
/* |got - want| <= relative * |want| */
void expect_near(const char *call, double got, double want, double relative);
void expect_str(const char *call, const char *got, const char *want);

/* Ends the test as inconclusive: it takes no points. For what the machine
 * cannot show just now, never for what a submission does. */
_Noreturn void judge_open_end(const char *expected, const char *got_format, ...)
    __attribute__((format(printf, 2, 3)));

/* Ends the test as failed. */
_Noreturn void judge_fail(const char *expected, const char *got_format, ...)
    __attribute__((format(printf, 2, 3)));

/* Runs a scenario of the driver (driver/scenario.h): n numbers in, m out. */
void scenario(const char *name, const double *in, size_t n, double *out,
              size_t m);
/* The same with one number out: RUN(count_from_threads, 4, 1000) */
#define RUN(name, ...)                                   \
    scenario_value(#name, (const double[]){__VA_ARGS__}, \
                   sizeof(double[]){__VA_ARGS__} / sizeof(double))
double scenario_value(const char *name, const double *in, size_t n);

/* ---- for a lab whose submission serves on the network ---- */

/* Connects to 127.0.0.1, or to 127.0.0.host, in the sandbox of the submission.
 * Returns a socket that does not block, and is closed with the test, or a
 * negative errno. */
int connect_to(int port);
int connect_to_host(int host, int port);

/* What the submission's process holds, as the kernel counts it. */
struct held {
    long descriptors, threads, memory_bytes;
};
struct held count_held(void);

/* A server that does not do what a client waits for. The first that it misses
 * makes the suite impatient. */
int64_t client_deadline(void); /* of what begins now, on clock_ms() */
_Noreturn void client_late(const char *expected, const char *got);
bool client_is_impatient(void); /* whether one was missed before */
/* A connection has ended where it should not: fails the test with what became
 * of the driver, if it is no more, and else returns. */
void client_lost(void);

/* What a test does beside calls, as one of the steps that led there. */
void client_step(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* A whole number, lowest <= x <= highest, that no submission can foresee. */
long unforeseen(long lowest, long highest);

/* The beginning and the end of each test; GRADED calls them. */
void judge_open(void);
void judge_finish(void);

#endif

/* SPDX-License-Identifier: MIT
 *
 * interleave.h - run a small concurrent program in every interleaving
 *
 * A test that starts threads and looks at the result sees a few of the many
 * orders in which their steps can happen, and not the same ones tomorrow.
 * This library runs a small program again and again, each time in another
 * order, until every order has been tried or one of them is wrong. Then it
 * prints that order as a timeline. The answer is the same every time.
 *
 *     static _Atomic long hits;
 *
 *     static void hit(void)
 *     {
 *         hits = hits + 1;                  // a load and a store: wrong
 *     }
 *
 *     static void two_hits(void)
 *     {
 *         il_expect_long("hits", hits, 2);
 *     }
 *
 *     const struct il_scenario il_scenarios[] = {
 *         {.name = "no_hit_is_lost",
 *          .says = "No hit is lost.",
 *          .threads = {hit, hit},
 *          .check = two_hits},
 *         {.name = NULL},
 *     };
 *
 *     $ tests/interleave/build.sh -o hits hits.c
 *     $ ./hits
 *
 * The program that is explored may use C11 atomics and fences, plain
 * variables, malloc and free, pthreads (mutex, rwlock, spin lock, condition
 * variable, once, keys with destructors) and C11 threads.h. It must do the
 * same thing whenever its steps happen in the same order: no clock, no random
 * numbers, no input.
 *
 * What is looked for without being asked: data races, deadlock, a wake-up
 * that comes too early and is lost, threads that spin without end, use after
 * free, double free, crashes. What only the scenario knows, it says with the
 * il_expect calls or with a sequential specification (struct il_spec).
 *
 * Memory model: RC11 (Lahav and others, "Repairing Sequential Consistency in
 * C/C++11", PLDI 2017) with the release sequences of C23, or sequential
 * consistency on request. README.md says what is not modelled.
 *
 * Limits: 8 threads with the main thread, 16 calls a specification, 8000
 * steps an execution. A program that needs more is told so: inconclusive.
 */
#ifndef INTERLEAVE_H
#define INTERLEAVE_H

#include <stddef.h>

enum { IL_MAX_THREADS = 7, IL_MAX_CALLS = 16, IL_MAX_STATE = 256 };

/* One call on the object under test, as the scenario told of it. */
struct il_call {
    int what;        /* the scenario's own number of the function */
    double argument; /* what went in */
    double result;   /* what came out */
};

/* A sequential specification: the object as plain code for one thread.
 *
 * After each execution the calls that were recorded are tried in every order
 * that agrees with happens-before: call A comes before call B when A's return
 * happens before B's beginning (same thread, or ordered by synchronisation).
 * When no order makes every step() say yes, the verdict is not-linearizable.
 * Sources: Wing and Gong, "Testing and verifying concurrent objects", 1993;
 * Lowe, "Testing for linearizability", 2017. */
struct il_spec {
    size_t state_size;          /* at most IL_MAX_STATE bytes */
    void (*start)(void *state); /* makes the first state */
    int (*step)(void *state, const struct il_call *call);
    /* applies the call to the state; returns 1 when the call may give
     * call->result here, 0 when it may not */
    /* How the report shows a call, with its argument and its result:
     * "add(%a)", "value() = %r". May be NULL. */
    const char *(*name)(int what);
};

struct il_scenario {
    const char *name;    /* chooses it on the command line */
    const char *says;    /* the sentence of the contract that it checks */
    void (*setup)(void); /* before the threads; may be NULL */
    void (*threads[IL_MAX_THREADS])(void); /* one function a thread */
    void (*check)(void);              /* after all have ended; may be NULL */
    const struct il_spec *spec;       /* may be NULL */
    const char *does[IL_MAX_THREADS]; /* what each thread calls, for the head
                                       * of its column; may be NULL */
    const struct il_scenario *others; /* no name, but these: a list of another
                                       * file, in this place */
};

/* The scenarios of this program; the last has no name and no others. The
 * scenario file defines it; the library brings main(). */
extern const struct il_scenario il_scenarios[];

/* Each call compares and, on a difference, ends the exploration with the
 * verdict "assertion". `what` names the value in the student's terms. They may
 * be called in any thread and are no step that other threads can see. */
void il_expect_long(const char *what, long got, long expected);
void il_expect_double(const char *what, double got, double expected);
void il_expect(const char *what, int holds);

/* Like il_expect, with free text. */
void il_fail(const char *expected, const char *format, ...)
    __attribute__((format(printf, 2, 3), noreturn));

/* Ends this execution without a verdict: it is not of interest (an allocation
 * failed, a race that the scenario does not ask about was lost). When all of
 * them end so, nothing was looked at: the verdict is "assertion". */
void il_skip(void) __attribute__((noreturn));

/* Records one call for the specification:
 *
 *     int call = il_begin(ADD, 5);
 *     met_counter_add(c, 5);
 *     il_end(call, 0);
 */
int il_begin(int what, double argument);
void il_end(int call, double result);

/* Counts a result that was seen; the report lists each with how often. Litmus
 * tests use it to show which outcomes a program has. */
void il_observe(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Names a block of memory for the timeline: "counter" rather than "block 1".
 * Variables with static storage have their own names. */
void il_name(const void *start, size_t size, const char *name);

#endif

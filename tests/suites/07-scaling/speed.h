/* SPDX-License-Identifier: MIT
 *
 * speed.h - what two increments cost beside each other, in four designs
 *
 * A round measures each design once, in another order each time: the counter
 * of lab 01, the submission's, and two of our own, an atomic sum that both
 * threads share and one for each thread. The last two say whether the machine
 * can show the difference just now. A round counts when no thread was
 * interrupted and when the two of our own are far apart: a machine with other
 * work has no such rounds, and so no verdict.
 */
#include "driver/sanitized.h"
#include "driver/scenario.h"
#include "driver/theirs.h"
#include "processors.h"
#include "resolved.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

enum { DESIGNS = 4, CLEAN_ROUNDS = RATIOS, BATCH = 5000 };
enum { MOST_TURNS = 200000, PAUSE_NS = 100000 };

/* A scenario may not take long: on a busy machine it is called again. */
#define SLICE_SECONDS 0.5
enum { BEFORE, NOW, SHARED, APART };

struct race {
    void (*inc[2])(struct met_counter *);
    struct met_counter *counter[2];
    _Alignas(128) _Atomic uint64_t shared;
    _Alignas(128) struct {
        _Alignas(128) _Atomic uint64_t n;
    } apart[2];
    cpu_set_t cpus;
    _Alignas(128) atomic_size_t arrived;
    atomic_bool disturbed;
    double begin[2], end[2]; /* seconds */
    double ratio[CLEAN_ROUNDS];
    size_t clean;
    bool over;          /* this slice; for both threads, from one meeting on */
    size_t counted;     /* increments in this slice */
    double slice_began; /* seconds */
};

static double now_seconds(void)
{
    struct timespec at;

    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + 1e-9 * (double)at.tv_nsec;
}

static long interruptions(void)
{
    struct rusage u;

    getrusage(RUSAGE_THREAD, &u);
    return u.ru_nivcsw;
}

/* Both wait until both are here; the number only grows. Who waits for long
 * does so because the other one does not run now, and lets others run. */
static void meet(struct race *r)
{
    size_t place = atomic_fetch_add(&r->arrived, 1), all = place / 2 * 2 + 2;

    for (size_t turns = 0; atomic_load(&r->arrived) < all; turns++)
        if (turns > MOST_TURNS) {
            atomic_store(&r->disturbed, true);
            nanosleep(&(struct timespec){0, PAUSE_NS}, NULL);
        }
}

static void batch(struct race *r, size_t design, size_t i)
{
    if (design <= NOW) {
        void (*inc)(struct met_counter *) = r->inc[design];
        for (int k = 0; k < BATCH; k++)
            inc(r->counter[design]);
    } else {
        _Atomic uint64_t *n = design == SHARED ? &r->shared : &r->apart[i].n;
        for (int k = 0; k < BATCH; k++)
            atomic_fetch_add_explicit(n, 1, memory_order_relaxed);
    }
}

/* Returns the time of the slower thread. */
static double measure(struct race *r, size_t design, size_t i)
{
    long before = interruptions();

    meet(r);
    r->begin[i] = now_seconds();
    batch(r, design, i);
    r->end[i] = now_seconds();
    if (interruptions() != before)
        atomic_store(&r->disturbed, true);
    meet(r);
    double mine = r->end[i] - r->begin[i];
    double other = r->end[1 - i] - r->begin[1 - i];
    return mine > other ? mine : other;
}

static void count_round(struct race *r, const double *time)
{
    double slow = time[BEFORE] > time[SHARED] ? time[BEFORE] : time[SHARED];

    if (!atomic_load(&r->disturbed) && time[APART] < 0.5 * time[SHARED])
        r->ratio[r->clean++] = time[NOW] / slow;
    atomic_store(&r->disturbed, false);
    r->counted += 2 * BATCH;
    r->over = r->clean == CLEAN_ROUNDS ||
              now_seconds() - r->slice_began > SLICE_SECONDS;
}

static void begin_slice(struct race *r)
{
    r->over = false;
    r->counted = 0;
    r->slice_began = now_seconds();
}

static void run_rounds(size_t i, void *shared)
{
    struct race *r = shared;
    double time[DESIGNS];

    stay_on(&r->cpus, i);
    for (size_t k = 0; !r->over; k++) {
        for (size_t d = 0; d < DESIGNS; d++) {
            size_t design = (d + k) % DESIGNS;
            time[design] = measure(r, design, i);
        }
        if (i == 0)
            count_round(r, time);
        meet(r);
    }
}

/* Where nothing can be measured: does it count? */
static void count_only(size_t i, void *shared)
{
    struct race *r = shared;

    batch(r, NOW, i);
    if (i == 0)
        r->counted = 2 * BATCH;
}

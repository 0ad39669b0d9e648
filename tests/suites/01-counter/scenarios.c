/* SPDX-License-Identifier: MIT
 *
 * scenarios.c - what the tests of lab 01 run beside the submission
 */
#include "driver/scenario.h"

#include <sched.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

struct load {
    struct met_counter *counter;
    size_t rounds, updaters;
    double amount;       /* 0: inc */
    atomic_size_t done;  /* updaters that have ended */
    atomic_size_t reads; /* that have ended */
    double fell;
};

static struct met_counter *new_counter(void)
{
    struct met_counter *c;

    if (met_counter_create(&c) != 0)
        _exit(118);
    return c;
}

static double value_and_destroy(struct met_counter *c)
{
    double value = met_counter_value(c);

    met_counter_destroy(c);
    return value;
}

static void update(size_t i, void *shared)
{
    struct load *l = shared;

    (void)i;
    for (size_t k = 0; k < l->rounds; k++) {
        if (l->amount == 0)
            met_counter_inc(l->counter);
        else
            met_counter_add(l->counter, l->amount);
    }
    atomic_fetch_add(&l->done, 1);
}

/* in: threads, rounds of each, amount (0: inc)   out: the value */
SCENARIO(counter_from_threads)
{
    struct load l = {
        .counter = new_counter(), .rounds = (size_t)in[1], .amount = in[2]};

    scenario_threads((size_t)in[0], update, &l);
    out[0] = value_and_destroy(l.counter);
}

/* Half of the threads call inc, half add 1. */
static void update_both(size_t i, void *shared)
{
    struct load mine = *(struct load *)shared;

    mine.amount = i % 2 ? 1.0 : 0.0;
    update(i, &mine);
}

/* in: threads, rounds of each, goal   out: the value, the goal if nothing is
 * lost */
SCENARIO(counter_up_to_2_53)
{
    struct load l = {.counter = new_counter(), .rounds = (size_t)in[1]};

    met_counter_add(l.counter, in[2] - in[0] * in[1]);
    scenario_threads((size_t)in[0], update_both, &l);
    out[0] = value_and_destroy(l.counter);
}

/* A reader that reads without a pause fills the record that ThreadSanitizer
 * keeps of each thread. Clang's then finds the race, no longer knows where the
 * other access was, and says nothing. */
enum { READ_PAUSE_US = 20 };

static size_t reads_of(struct load *l)
{
    return atomic_load_explicit(&l->reads, memory_order_relaxed);
}

/* The second of two reads that end from now on has begun from now on. Relaxed
 * here and where reads are counted, without a pair: this orders nothing, and
 * must not, or it would hide from ThreadSanitizer that a read is unordered. */
static void wait_for_a_read(struct load *l)
{
    size_t ended = reads_of(l);

    while (reads_of(l) < ended + 2)
        sched_yield();
}

static void update_or_read(size_t i, void *shared)
{
    struct load *l = shared;
    double last = 0;

    if (i < l->updaters) {
        for (size_t k = 0; k < l->rounds; k++) {
            if (k == l->rounds / 2)
                wait_for_a_read(l);
            met_counter_inc(l->counter);
        }
        atomic_fetch_add(&l->done, 1);
        return;
    }
    while (atomic_load(&l->done) < l->updaters) {
        double now = met_counter_value(l->counter);
        l->fell += now < last;
        last = now;
        atomic_fetch_add_explicit(&l->reads, 1, memory_order_relaxed);
        usleep(READ_PAUSE_US);
    }
}

/* in: updaters, rounds of each
 * out: how often a reader saw the value fall, the value at the end */
SCENARIO(counter_read_beside_updates)
{
    struct load l = {.counter = new_counter(),
                     .rounds = (size_t)in[1],
                     .updaters = (size_t)in[0]};

    scenario_threads(l.updaters + 1, update_or_read, &l);
    out[0] = l.fell;
    out[1] = value_and_destroy(l.counter);
}

/* ---- error.h ---- */

struct sentences {
    size_t rounds;
    atomic_size_t changed;
};

static void compare_sentences(size_t i, void *shared)
{
    struct sentences *s = shared;
    int mine = -(int)(i % 3), next = -(int)((i + 1) % 3);
    char first[256];

    for (size_t k = 0; k < s->rounds; k++) {
        const char *text = met_strerror(mine);
        strncpy(first, text, sizeof first - 1);
        first[sizeof first - 1] = '\0';
        met_strerror(next);
        if (!*first || strncmp(text, first, sizeof first - 1) != 0)
            atomic_fetch_add(&s->changed, 1);
    }
}

/* in: threads, rounds of each
 * out: how often a text was empty or changed when another one was asked for */
SCENARIO(strerror_from_threads)
{
    struct sentences s = {.rounds = (size_t)in[1]};

    scenario_threads((size_t)in[0], compare_sentences, &s);
    out[0] = (double)s.changed;
}

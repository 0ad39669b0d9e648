/* SPDX-License-Identifier: MIT
 *
 * scenarios.c - what the tests of lab 00 run beside the submission
 */
#include "driver/scenario.h"

#include <sched.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <unistd.h>

static struct met_tally *new_tally(void)
{
    struct met_tally *t;

    if (met_tally_create(&t) != 0)
        _exit(118);
    return t;
}

static double total_and_destroy(struct met_tally *t)
{
    double total = (double)met_tally_total(t);

    met_tally_destroy(t);
    return total;
}

static long one(void *ctx)
{
    (void)ctx;
    return 1;
}

/* ---- one thread's amount waits for the other thread's add ---- */

struct meeting {
    struct met_tally *tally;
    long amount[2];
    sem_t asked, added;
};

static long wait_for_the_other(void *ctx)
{
    struct meeting *m = ctx;

    sem_post(&m->asked);
    sem_wait(&m->added);
    return m->amount[0];
}

static long at_once(void *ctx)
{
    return ((struct meeting *)ctx)->amount[1];
}

static void meet(size_t i, void *shared)
{
    struct meeting *m = shared;

    if (i == 0) {
        met_tally_add(m->tally, wait_for_the_other, m);
        return;
    }
    sem_wait(&m->asked);
    met_tally_add(m->tally, at_once, m);
    sem_post(&m->added);
}

/* in: both amounts   out: the total */
SCENARIO(amount_waits_for_another_thread)
{
    struct meeting m = {new_tally(), {(long)in[0], (long)in[1]}, {{0}}, {{0}}};

    sem_init(&m.asked, 0, 0);
    sem_init(&m.added, 0, 0);
    scenario_threads(2, meet, &m);
    sem_destroy(&m.asked);
    sem_destroy(&m.added);
    out[0] = total_and_destroy(m.tally);
}

/* ---- many adds ---- */

struct load {
    struct met_tally *tally;
    size_t rounds, adders;
    atomic_size_t done;  /* adders that have ended */
    atomic_size_t reads; /* that have ended */
    double fell;
};

static void add_many(size_t i, void *shared)
{
    struct load *l = shared;

    (void)i;
    for (size_t k = 0; k < l->rounds; k++)
        met_tally_add(l->tally, one, NULL);
    atomic_fetch_add(&l->done, 1);
}

/* in: threads, rounds of each   out: the total */
SCENARIO(tally_from_threads)
{
    struct load l = {.tally = new_tally(), .rounds = (size_t)in[1]};

    scenario_threads((size_t)in[0], add_many, &l);
    out[0] = total_and_destroy(l.tally);
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

static void add_or_read(size_t i, void *shared)
{
    struct load *l = shared;
    long last = 0;

    if (i < l->adders) {
        for (size_t k = 0; k < l->rounds; k++) {
            if (k == l->rounds / 2)
                wait_for_a_read(l);
            met_tally_add(l->tally, one, NULL);
        }
        atomic_fetch_add(&l->done, 1);
        return;
    }
    while (atomic_load(&l->done) < l->adders) {
        long now = met_tally_total(l->tally);
        l->fell += now < last;
        last = now;
        atomic_fetch_add_explicit(&l->reads, 1, memory_order_relaxed);
        usleep(READ_PAUSE_US);
    }
}

/* in: adders, rounds of each
 * out: how often a reader saw the total fall, the total at the end */
SCENARIO(tally_read_beside_adds)
{
    struct load l = {
        .tally = new_tally(), .rounds = (size_t)in[1], .adders = (size_t)in[0]};

    scenario_threads(l.adders + 1, add_or_read, &l);
    out[0] = l.fell;
    out[1] = total_and_destroy(l.tally);
}

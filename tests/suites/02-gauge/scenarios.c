/* SPDX-License-Identifier: MIT
 *
 * scenarios.c - what the tests of lab 02 run beside the submission
 */
#include "driver/scenario.h"

#include <sched.h>
#include <stdatomic.h>
#include <unistd.h>

struct load {
    struct met_gauge *gauge;
    size_t rounds;
    atomic_size_t done;
    double wrong;
};

static struct met_gauge *new_gauge(void)
{
    struct met_gauge *g;

    if (met_gauge_create(&g) != 0)
        _exit(118);
    return g;
}

static double value_and_destroy(struct met_gauge *g)
{
    double value = met_gauge_value(g);

    met_gauge_destroy(g);
    return value;
}

static void all_updates(size_t i, void *shared)
{
    struct load *l = shared;

    (void)i;
    for (size_t k = 0; k < l->rounds; k++) {
        met_gauge_inc(l->gauge);
        met_gauge_add(l->gauge, 0.5);
        met_gauge_dec(l->gauge);
        met_gauge_sub(l->gauge, 0.25);
    }
}

/* in: threads, rounds of each; a round adds 0.25   out: the value */
SCENARIO(gauge_from_threads)
{
    struct load l = {.gauge = new_gauge(), .rounds = (size_t)in[1]};

    scenario_threads((size_t)in[0], all_updates, &l);
    out[0] = value_and_destroy(l.gauge);
}

static void up_and_down(size_t i, void *shared)
{
    struct load *l = shared;

    for (size_t k = 0; k < l->rounds; k++)
        switch ((i + k) % 4) {
        case 0: met_gauge_inc(l->gauge); break;
        case 1: met_gauge_dec(l->gauge); break;
        case 2: met_gauge_add(l->gauge, 3); break;
        default: met_gauge_sub(l->gauge, 3); break;
        }
}

/* in: threads (a multiple of 4), rounds, value at the start
 * out: the value, the same if nothing is lost */
SCENARIO(gauge_near_2_53)
{
    struct load l = {.gauge = new_gauge(), .rounds = (size_t)in[1]};

    met_gauge_set(l.gauge, in[2]);
    scenario_threads((size_t)in[0], up_and_down, &l);
    out[0] = value_and_destroy(l.gauge);
}

static void work(size_t i, void *shared)
{
    struct load *l = shared;

    (void)i;
    for (size_t k = 0; k < l->rounds; k++) {
        struct met_in_progress p = {0};
        met_in_progress_begin(&p, l->gauge);
        met_in_progress_end(&p);
    }
}

/* in: threads, rounds of each   out: the value, 0 if nothing is lost */
SCENARIO(gauge_work_from_threads)
{
    struct load l = {.gauge = new_gauge(), .rounds = (size_t)in[1]};

    scenario_threads((size_t)in[0], work, &l);
    out[0] = value_and_destroy(l.gauge);
}

/* ---- set beside add ---- */

/* Thread 0 sets multiples of STEP. Thread 1 adds 1 ROUNDS times, fewer than
 * STEP. So the part above the multiple is a number of adds: whole, from 0 to
 * ROUNDS, whatever came between. Thread 2 looks at that. */
enum { STEP = 1 << 20, READ_PAUSE_US = 20 };

static void set_all(struct load *l)
{
    for (size_t k = 1; k <= l->rounds; k++)
        met_gauge_set(l->gauge, (double)(k * STEP));
    atomic_fetch_add(&l->done, 1);
}

static void add_all(struct load *l)
{
    for (size_t k = 0; k < l->rounds; k++)
        met_gauge_add(l->gauge, 1);
    atomic_fetch_add(&l->done, 1);
}

static void read_all(struct load *l)
{
    while (atomic_load(&l->done) < 2) {
        uint64_t whole = (uint64_t)met_gauge_value(l->gauge);
        l->wrong += whole % STEP > l->rounds || whole / STEP > l->rounds;
        usleep(READ_PAUSE_US); /* as in lab 01: ThreadSanitizer's record */
    }
}

static void set_add_or_read(size_t i, void *shared)
{
    static void (*const roles[])(struct load *) = {set_all, add_all, read_all};

    roles[i](shared);
}

/* in: rounds
 * out: how often a value was none that an order can give; how many adds after
 * the last set were lost */
SCENARIO(gauge_sets_beside_adds)
{
    struct load l = {.gauge = new_gauge(), .rounds = (size_t)in[0]};

    scenario_threads(3, set_add_or_read, &l);
    met_gauge_set(l.gauge, 1);
    l.done = 0;
    add_all(&l);
    out[0] = l.wrong;
    out[1] = 1 + in[0] - value_and_destroy(l.gauge);
}

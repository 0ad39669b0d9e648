/* SPDX-License-Identifier: MIT
 *
 * scenarios.c - what the tests of lab 03 run beside the submission
 */
#include "driver/scenario.h"

#include <sched.h>
#include <stdatomic.h>
#include <unistd.h>

enum { BOUNDS = 2, READ_PAUSE_US = 20 };

struct load {
    struct met_histogram *histogram;
    size_t rounds, observers;
    atomic_size_t done;       /* observers that have ended */
    atomic_size_t torn, lost; /* snapshots that were wrong */
};

struct snapshot {
    uint64_t cumulative[BOUNDS + 1], count;
    double sum;
};

/* Bounds 0.5 and 1; values 0.5 and 1 fill one bucket each. */
static struct met_histogram *new_histogram(void)
{
    struct met_histogram *h;

    if (met_histogram_create((const double[BOUNDS]){0.5, 1}, BOUNDS, NULL,
                             &h) != 0)
        _exit(118);
    return h;
}

static void read_one(struct load *l, struct snapshot *s)
{
    if (met_histogram_snapshot(l->histogram, s->cumulative, BOUNDS + 1,
                               &s->count, &s->sum) != 0)
        _exit(118);
}

/* Half of the observations are 0.5, half are 1. */
static void observe(size_t i, struct load *l)
{
    for (size_t k = 0; k < l->rounds; k++)
        met_histogram_observe(l->histogram, (i + k) % 2 ? 1 : 0.5);
    atomic_fetch_add(&l->done, 1);
}

static void observe_only(size_t i, void *shared)
{
    observe(i, shared);
}

/* in: threads, rounds of each (even)   out: count, sum */
SCENARIO(histogram_from_threads)
{
    struct load l = {.histogram = new_histogram(), .rounds = (size_t)in[1]};
    struct snapshot s;

    scenario_threads((size_t)in[0], observe_only, &l);
    read_one(&l, &s);
    met_histogram_destroy(l.histogram);
    out[0] = (double)s.count;
    out[1] = s.sum;
}

static int is_torn(const struct snapshot *s)
{
    double small = (double)s->cumulative[0];
    double large = (double)(s->cumulative[1] - s->cumulative[0]);

    return s->count != s->cumulative[BOUNDS] ||
           s->cumulative[1] != s->cumulative[BOUNDS] ||
           s->sum != 0.5 * small + large;
}

static void read_all(struct load *l)
{
    struct snapshot last = {0}, now;

    while (atomic_load(&l->done) < l->observers) {
        read_one(l, &now);
        atomic_fetch_add(&l->torn, (size_t)is_torn(&now));
        atomic_fetch_add(&l->lost, now.count < last.count ||
                                       now.cumulative[0] < last.cumulative[0]);
        last = now;
        usleep(READ_PAUSE_US); /* as in lab 01: ThreadSanitizer's record */
    }
}

static void observe_or_read(size_t i, void *shared)
{
    struct load *l = shared;

    if (i < l->observers)
        observe(i, l);
    else
        read_all(l);
}

static void run(struct load *l, size_t readers, double *out)
{
    struct snapshot end;

    scenario_threads(l->observers + readers, observe_or_read, l);
    read_one(l, &end);
    met_histogram_destroy(l->histogram);
    out[0] = (double)l->torn + is_torn(&end);
    out[1] = (double)l->lost + (end.count != l->observers * l->rounds);
}

/* in: observers, rounds of each
 * out: how many snapshots did not fit together; how many had less than an
 * earlier one */
SCENARIO(histogram_read_beside_observers)
{
    struct load l = {.histogram = new_histogram(),
                     .rounds = (size_t)in[1],
                     .observers = (size_t)in[0]};

    run(&l, 1, out);
}

/* in: rounds   out: as above, with two observers and two readers */
SCENARIO(histogram_two_readers)
{
    struct load l = {
        .histogram = new_histogram(), .rounds = (size_t)in[0], .observers = 2};

    run(&l, 2, out);
}

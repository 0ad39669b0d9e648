/* SPDX-License-Identifier: MIT
 *
 * prepare.c - see prepare.h
 */
#include "prepare.h"

#include <math.h>
#include <stdlib.h>

#include "clock.h"
#include "fail.h"
#include "trial.h"

#define TRIES 9
#define CALLS 4096

/* The least time of some tries: others can only make it longer. */
static double least_ns(const struct bench_design *d, void *state, int calls,
                       uint64_t updates)
{
    double least = INFINITY;

    for (int try = 0; try < TRIES; try++) {
        uint64_t begin = bench_now_ns();

        for (int i = 0; i < calls; i++)
            d->run(state, 0, updates);
        least = fmin(least, (double)(bench_now_ns() - begin));
    }
    return least;
}

uint64_t bench_calibrate(const struct bench_design *floor)
{
    void *state = bench_alloc(1, floor->state_bytes);
    double call = least_ns(floor, state, CALLS, 0) / CALLS;
    double update = least_ns(floor, state, 1, 1 << 20) / (1 << 20);
    uint64_t batch = BENCH_SAMPLE_EVERY;

    while ((double)batch * update < 100 * call)
        batch *= 2;
    free(state);
    return batch;
}

struct bench_warmth bench_warm_up(const struct bench_design *floor,
                                  const struct bench_cpus *cpus, uint64_t batch)
{
    struct bench_trial_plan plan = {.design = floor,
                                    .threads = cpus->count,
                                    .batch = batch,
                                    .measure_ns = 20000000};
    struct bench_warmth w = {0, false};
    uint64_t begin = bench_now_ns();
    double last = NAN;

    while (!w.steady && w.ms < 1000) {
        struct bench_trial t;
        double now;

        bench_trial_run(&plan, cpus, &t);
        now = bench_trial_ns_per_update(&t, cpus->count, BENCH_NO_SUM);
        w.steady = fabs(now / last - 1) < 0.02;
        last = now;
        w.ms = (double)(bench_now_ns() - begin) / 1e6;
    }
    return w;
}

/* SPDX-License-Identifier: MIT
 *
 * simulate.h - measurements with a known truth, for the tests
 *
 * All numbers come from a seed: a test that passes once passes always.
 */
#ifndef SIMULATE_H
#define SIMULATE_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#include "compare.h"
#include "rng.h"

/* Normal, by Box and Muller. */
static inline double simulate_normal(struct bench_rng *r)
{
    double u = 1 - bench_rng_unit(r), v = bench_rng_unit(r);

    return sqrt(-2 * log(u)) * cos(6.283185307179586 * v);
}

struct simulate_machine {
    double noise;  /* of each trial, a share: 0.01 is 1 % */
    double drift;  /* from one round to the next, of both designs together */
    double spikes; /* share of the trials that last half as long again */
};

static inline double simulate_trial(struct bench_rng *r,
                                    const struct simulate_machine *m,
                                    double truth)
{
    double time = truth * exp(m->noise * simulate_normal(r));

    return bench_rng_unit(r) < m->spikes ? 1.5 * time : time;
}

/* Rounds in which the design takes `slowdown` times as long as the other. */
static inline void simulate_pairs(struct bench_rng *r,
                                  const struct simulate_machine *m,
                                  double slowdown, struct bench_pair *pairs,
                                  size_t n)
{
    double machine = 20; /* ns an update, before it drifts */

    for (size_t i = 0; i < n; i++) {
        machine *= exp(m->drift * simulate_normal(r));
        pairs[i].time = simulate_trial(r, m, machine * slowdown);
        pairs[i].reference_time = simulate_trial(r, m, machine);
        pairs[i].disturbed = false;
    }
}

#endif

/* SPDX-License-Identifier: MIT
 *
 * rng.h - random numbers that a seed repeats
 *
 * The seed of a run is kept in meta.json; the same seed gives the same order
 * of trials. The tests draw their simulated measurements from here too.
 *
 * Source: Steele, Lea and Flood, "Fast splittable pseudorandom number
 * generators", OOPSLA 2014 (SplitMix64).
 */
#ifndef BENCH_RNG_H
#define BENCH_RNG_H

#include <stddef.h>
#include <stdint.h>

struct bench_rng {
    uint64_t state; /* any value; this is the seed */
};

static inline uint64_t bench_rng_next(struct bench_rng *r)
{
    uint64_t z = r->state += 0x9e3779b97f4a7c15u;

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

/* A number in 0..n-1. The bias of the remainder is below n / 2^64. */
static inline size_t bench_rng_below(struct bench_rng *r, size_t n)
{
    return (size_t)(bench_rng_next(r) % n);
}

/* A number in [0, 1). */
static inline double bench_rng_unit(struct bench_rng *r)
{
    return (double)(bench_rng_next(r) >> 11) * 0x1p-53;
}

/* Puts the n numbers into a random order, each order as likely (Fisher and
 * Yates). */
static inline void bench_rng_shuffle(struct bench_rng *r, int *x, size_t n)
{
    for (size_t i = n; i > 1; i--) {
        size_t j = bench_rng_below(r, i);
        int old = x[i - 1];

        x[i - 1] = x[j];
        x[j] = old;
    }
}

#endif

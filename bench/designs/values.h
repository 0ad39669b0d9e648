/* SPDX-License-Identifier: MIT
 *
 * values.h - what the designs of the suites search and histogram observe, and
 * whether they counted it
 *
 * Bounds: 2, 4, ... 256 buckets, so one bound less and above them all +Inf.
 * They grow by the same factor from 1/1024 to 64, as bounds for times do.
 *
 * Inputs: three lists of VALUES values, which each thread walks through again
 * and again. `uniform`: every bucket is as likely, so a processor that guesses
 * where a search goes is mostly wrong. `lognormal`: as times of requests are;
 * the median is 0.03. `constant`: always 0.1, so every guess is right.
 *
 * All values are multiples of 2^-20, so that sums below 2^33 are exact in any
 * order. Batches are multiples of VALUES: so when all updates are over, every
 * bucket must hold its share of the list, times the rounds.
 */
#ifndef BENCH_VALUES_H
#define BENCH_VALUES_H

#include <math.h>
#include <stdbool.h>

#include "design.h"
#include "rng.h"

enum { VALUES = 1024, MOST_BUCKETS = 256 };
_Static_assert(BENCH_SAMPLE_EVERY % VALUES == 0, "a batch is whole rounds");

enum input { INPUT_uniform, INPUT_lognormal, INPUT_constant };

struct values {
    size_t buckets;
    double bound[MOST_BUCKETS]; /* bound[buckets - 1] is +Inf */
    double value[VALUES];
};

static inline double values_grid(double v)
{
    return fmax(1, round(v * 0x1p20)) * 0x1p-20;
}

/* Of a normal distribution, by Box and Muller. */
static inline double values_normal(struct bench_rng *r)
{
    double u = 1 - bench_rng_unit(r), v = bench_rng_unit(r);

    return sqrt(-2 * log(u)) * cos(6.283185307179586 * v);
}

static inline double values_draw(const struct values *s, enum input input,
                                 struct bench_rng *r)
{
    if (input == INPUT_constant)
        return 0.1;
    if (input == INPUT_lognormal)
        return 0.03 * exp(values_normal(r));
    size_t i = bench_rng_below(r, s->buckets);
    double low = i > 0 ? s->bound[i - 1] : 0;
    double high = i + 1 < s->buckets ? s->bound[i] : 2 * low;
    return low + (high - low) * (1 - bench_rng_unit(r));
}

static inline void values_make(struct values *s, size_t buckets,
                               enum input input)
{
    struct bench_rng rng = {11}; /* the same values in every process */

    s->buckets = buckets;
    for (size_t i = 0; i + 1 < buckets; i++)
        s->bound[i] = exp2(-10 + 16 * (double)i /
                                     (double)(buckets > 2 ? buckets - 2 : 1));
    s->bound[buckets - 1] = INFINITY;
    for (size_t i = 0; i < VALUES; i++)
        s->value[i] = values_grid(values_draw(s, input, &rng));
}

/* The definition: the first bucket whose bound is not below the value. */
static inline size_t values_bucket(const struct values *s, double v)
{
    size_t i = 0;

    while (v > s->bound[i])
        i++;
    return i;
}

/* Each step halves what is left, wherever the value is. */
static inline size_t values_find(const struct values *s, double v)
{
    size_t i = 0;

    for (size_t step = s->buckets / 2; step > 0; step /= 2) {
        size_t above = v > s->bound[i + step - 1];

        /* No instruction; but a compiler that does not know that this is 0 or
         * 1 has no reason to make a branch of it. */
        __asm__("" : "+r"(above));
        i += above * step;
    }
    return i;
}

/* The next value of a thread that has observed so many. */
static inline double values_next(const struct values *s, uint64_t n)
{
    return s->value[n % VALUES];
}

/* Of these counts, and of their sum if there is one (not NaN): how many values
 * were counted, if each is where it belongs; else UINT64_MAX. */
static inline uint64_t values_counted(const struct values *s,
                                      const uint64_t *count, double sum)
{
    uint64_t want[MOST_BUCKETS] = {0}, n = 0;
    double total = 0;
    bool right = true;

    for (size_t i = 0; i < VALUES; i++) {
        want[values_bucket(s, s->value[i])]++;
        total += s->value[i];
    }
    for (size_t i = 0; i < s->buckets; i++)
        n += count[i];
    for (size_t i = 0; i < s->buckets; i++)
        right &= count[i] == n / VALUES * want[i];
    right &= isnan(sum) || sum == (double)(n / VALUES) * total;
    return right && n % VALUES == 0 ? n : UINT64_MAX;
}

#endif

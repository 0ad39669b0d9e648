/* SPDX-License-Identifier: MIT
 *
 * recorder.h - counts times by how long they were
 *
 * Latencies reach from 20 ns to seconds, and the rare long ones matter. A
 * list of all samples grows without end; a recorder has one fixed size and
 * still answers every percentile with an error of at most 1/128 (0.78 %).
 *
 *     struct bench_recorder *r = bench_recorder_new();
 *     bench_recorder_add(r, 1234);
 *     printf("%llu\n", bench_recorder_percentile(r, 99.9));
 *     free(r);
 *
 * It is of the HDR kind (high dynamic range): values below 256 have a bucket
 * each; above, every doubling is cut into 128 buckets of the same width. So
 * the width of a bucket is at most 1/128 of the values in it.
 *
 * Threads: a recorder belongs to one thread; merge them at the end.
 * Source of the idea: G. Tene, HdrHistogram.
 */
#ifndef BENCH_RECORDER_H
#define BENCH_RECORDER_H

#include <stdint.h>
#include <stdio.h>

/* 256 buckets for 0..255, then 128 for each doubling up to 2^64. */
#define BENCH_RECORDER_BUCKETS (256 + (64 - 8) * 128)

struct bench_recorder {
    uint64_t total; /* values recorded */
    uint64_t max;   /* the largest, exactly; 0 for none */
    uint64_t count[BENCH_RECORDER_BUCKETS];
};

/* An empty recorder, to be freed with free(). Never NULL. */
struct bench_recorder *bench_recorder_new(void);

/* Records one value, or n of the same. */
void bench_recorder_add(struct bench_recorder *r, uint64_t value);
void bench_recorder_add_n(struct bench_recorder *r, uint64_t value, uint64_t n);

/* Adds all that is in from. */
void bench_recorder_merge(struct bench_recorder *r,
                          const struct bench_recorder *from);

/* The smallest and the largest value of a bucket, both inclusive. */
uint64_t bench_bucket_low(int bucket);
uint64_t bench_bucket_high(int bucket);

/* Bins for a plot with logarithmic axes are 2^(1/4), about 19 %, wide. The lower
 * end of one, from 0; that of the next is the upper. */
double bench_bin_low(int bin);

/* The value that at least p percent (0..100) of the recorded values do not
 * exceed; it is the upper end of its bucket, but never above max. 0 when
 * nothing was recorded. */
uint64_t bench_recorder_percentile(const struct bench_recorder *r, double p);

/* Writes the text form of HdrHistogram (.hgrm), which its plotters read: a
 * line for each step of the percentiles (value, percentile as a fraction,
 * values up to here, 1/(1-percentile)), then mean, deviation and max. */
void bench_recorder_write(const struct bench_recorder *r, FILE *out);

#endif

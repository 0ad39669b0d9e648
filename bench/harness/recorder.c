/* SPDX-License-Identifier: MIT
 *
 * recorder.c - buckets, and percentiles from them
 */
#include "recorder.h"

#include <math.h>

#include "fail.h"

struct bench_recorder *bench_recorder_new(void)
{
    return bench_alloc(1, sizeof(struct bench_recorder));
}

/* Values from 256 on: the top bit names the doubling, the seven bits below it
 * name the bucket in it. */
static int bucket_of(uint64_t value)
{
    int doubling;

    if (value < 256)
        return (int)value;
    doubling = 63 - __builtin_clzll(value); /* 8..63 */
    return 256 + (doubling - 8) * 128 + (int)((value >> (doubling - 7)) & 127);
}

uint64_t bench_bucket_low(int bucket)
{
    int doubling;

    if (bucket < 256)
        return (uint64_t)bucket;
    doubling = 8 + (bucket - 256) / 128;
    return (128 + (uint64_t)(bucket - 256) % 128) << (doubling - 7);
}

uint64_t bench_bucket_high(int bucket)
{
    if (bucket == BENCH_RECORDER_BUCKETS - 1)
        return UINT64_MAX;
    return bench_bucket_low(bucket + 1) - 1;
}

void bench_recorder_add(struct bench_recorder *r, uint64_t value)
{
    bench_recorder_add_n(r, value, 1);
}

void bench_recorder_add_n(struct bench_recorder *r, uint64_t value, uint64_t n)
{
    r->count[bucket_of(value)] += n;
    r->total += n;
    if (n > 0 && value > r->max)
        r->max = value;
}

void bench_recorder_merge(struct bench_recorder *r,
                          const struct bench_recorder *from)
{
    for (int i = 0; i < BENCH_RECORDER_BUCKETS; i++)
        r->count[i] += from->count[i];
    r->total += from->total;
    if (from->max > r->max)
        r->max = from->max;
}

double bench_bin_low(int bin)
{
    return exp2(bin / 4.0);
}

uint64_t bench_recorder_percentile(const struct bench_recorder *r, double p)
{
    /* A hair less, or 99.9 % of 1000 is rounded to just above 999. */
    double want = ceil(p / 100 * (double)r->total * (1 - 1e-12));
    uint64_t rank = want < 1 ? 1 : (uint64_t)want, seen = 0;

    for (int i = 0; i < BENCH_RECORDER_BUCKETS; i++) {
        seen += r->count[i];
        if (seen >= rank && seen > 0) {
            uint64_t high = bench_bucket_high(i);

            return high < r->max ? high : r->max;
        }
    }
    return r->max;
}

/* SPDX-License-Identifier: MIT
 *
 * hgrm.c - the text form of HdrHistogram
 *
 * The steps halve: five lines from 0 to 50 %, five from 50 to 75 %, five from
 * 75 to 87.5 %, and so on. So the tail gets as many lines as the middle, and
 * an axis of nines (90, 99, 99.9 ...) is filled evenly.
 *
 * Source of the layout: outputPercentileDistribution() of HdrHistogram (Java).
 */
#include <math.h>

#include "recorder.h"

#define STEPS_PER_HALF 5

/* A bucket stands for the middle of its values in the moments below. */
static double middle(int bucket)
{
    return ((double)bench_bucket_low(bucket) +
            (double)bench_bucket_high(bucket)) /
           2;
}

static double mean(const struct bench_recorder *r)
{
    double sum = 0;

    for (int i = 0; i < BENCH_RECORDER_BUCKETS; i++)
        sum += middle(i) * (double)r->count[i];
    return r->total > 0 ? sum / (double)r->total : 0;
}

static double deviation(const struct bench_recorder *r)
{
    double m = mean(r), sum = 0;

    for (int i = 0; i < BENCH_RECORDER_BUCKETS; i++)
        sum += (middle(i) - m) * (middle(i) - m) * (double)r->count[i];
    return r->total > 0 ? sqrt(sum / (double)r->total) : 0;
}

static uint64_t count_up_to(const struct bench_recorder *r, uint64_t value)
{
    uint64_t seen = 0;

    for (int i = 0; i < BENCH_RECORDER_BUCKETS; i++)
        if (bench_bucket_low(i) <= value)
            seen += r->count[i];
    return seen;
}

/* Step number s: in the half number s / 5, a tenth of that half's distance to
 * the top for each step. Exact, where adding up small steps would drift. */
static double fraction_of(int s)
{
    return 1 - ldexp(1 - (double)(s % STEPS_PER_HALF) / (2 * STEPS_PER_HALF),
                     -(s / STEPS_PER_HALF));
}

static void write_lines(const struct bench_recorder *r, FILE *out)
{
    for (int s = 0; r->total > 0; s++) {
        double fraction = fraction_of(s);
        uint64_t value = bench_recorder_percentile(r, 100 * fraction);
        uint64_t seen = count_up_to(r, value);

        if (seen == r->total)
            break;
        fprintf(out, "%12.3f %2.12f %10llu %14.2f\n", (double)value, fraction,
                (unsigned long long)seen, 1 / (1 - fraction));
    }
    fprintf(out, "%12.3f %2.12f %10llu\n", (double)r->max, 1.0,
            (unsigned long long)r->total);
}

void bench_recorder_write(const struct bench_recorder *r, FILE *out)
{
    fprintf(out, "%12s %14s %10s %14s\n\n", "Value", "Percentile", "TotalCount",
            "1/(1-Percentile)");
    write_lines(r, out);
    fprintf(out, "#[Mean    = %12.3f, StdDeviation   = %12.3f]\n", mean(r),
            deviation(r));
    fprintf(out, "#[Max     = %12.3f, Total count    = %12llu]\n",
            (double)r->max, (unsigned long long)r->total);
    fprintf(out, "#[Buckets = %12d, SubBuckets     = %12d]\n", 64 - 7, 256);
}

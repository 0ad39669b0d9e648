/* SPDX-License-Identifier: MIT
 *
 * heat.c - see heat.h
 */
#include "heat.h"

#include <inttypes.h>
#include <math.h>

#include "fail.h"

struct bench_heat *bench_heat_new(uint64_t trial_ns)
{
    struct bench_heat *h = bench_alloc(1, sizeof *h);

    h->slice_ns =
        trial_ns > BENCH_HEAT_SLICES ? trial_ns / BENCH_HEAT_SLICES : 1;
    return h;
}

void bench_heat_add(struct bench_heat *h, uint64_t at_ns, uint64_t ns)
{
    uint64_t slice = at_ns / h->slice_ns;
    int bin = ns < 1 ? 0 : (int)floor(4 * log2((double)ns));

    if (slice >= BENCH_HEAT_SLICES)
        slice = BENCH_HEAT_SLICES - 1;
    h->count[slice][bin < BENCH_HEAT_BINS ? bin : BENCH_HEAT_BINS - 1]++;
}

void bench_heat_merge(struct bench_heat *h, const struct bench_heat *from)
{
    for (int slice = 0; slice < BENCH_HEAT_SLICES; slice++)
        for (int bin = 0; bin < BENCH_HEAT_BINS; bin++)
            h->count[slice][bin] += from->count[slice][bin];
}

void bench_heat_print(const char *prefix, const struct bench_heat *h)
{
    for (int slice = 0; slice < BENCH_HEAT_SLICES; slice++)
        for (int bin = 0; bin < BENCH_HEAT_BINS; bin++)
            if (h->count[slice][bin] > 0)
                printf("%s %d %d %" PRIu64 "\n", prefix, slice, bin,
                       h->count[slice][bin]);
}

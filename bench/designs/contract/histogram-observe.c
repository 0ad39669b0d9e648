/* SPDX-License-Identifier: MIT
 *
 * histogram-observe.c - met_histogram_observe() of any implementation of
 * histogram.h, called as its users call it
 *
 * BENCH_IMPL begins the names of the rows, BENCH_RANK is added to their
 * ranks.
 */
#include <met/histogram.h>

#include "histogram/observe.h"

struct state {
    struct values values;
    struct met_histogram *histogram;
    struct turn turn[]; /* one a thread */
};

static int prepare(struct state *s)
{
    return met_histogram_create(s->values.bound, BUCKETS - 1, NULL,
                                &s->histogram);
}

static void fini(void *state)
{
    struct state *s = state;

    met_histogram_destroy(s->histogram);
}

static inline void update(struct state *s, int thread)
{
    met_histogram_observe(s->histogram,
                          values_next(&s->values, s->turn[thread].n++));
}

static uint64_t sum(struct state *s, int threads)
{
    uint64_t upto[BUCKETS], count[BUCKETS], all;
    double total;

    (void)threads;
    if (met_histogram_snapshot(s->histogram, upto, BUCKETS, &all, &total) < 0)
        return UINT64_MAX;
    for (size_t i = 0; i < BUCKETS; i++)
        count[i] = upto[i] - (i > 0 ? upto[i - 1] : 0);
    return values_counted(&s->values, count, total);
}

#include "loop.h"

OBSERVE_ROWS(BENCH_IMPL, BENCH_RANK, "met_histogram_observe of this folder",
             .fini = fini, .bytes_per_thread = sizeof(struct turn));

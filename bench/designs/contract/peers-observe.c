/* SPDX-License-Identifier: MIT
 *
 * peers-observe.c - met_histogram_observe() on one histogram that all threads
 * share
 *
 * What was counted is right only if the sum of the values is, too. A batch is
 * whole rounds through the values.
 */
#include <met/histogram.h>

#include "work.h"

_Static_assert(BENCH_SAMPLE_EVERY % WORK_VALUES == 0, "a batch is rounds");

struct turn {
    _Alignas(BENCH_LINE) uint64_t n;
};

struct state {
    struct met_histogram *histogram;
    double value[WORK_VALUES];
    struct turn turn[]; /* one a thread */
};

static int init(void *state)
{
    struct state *s = state;
    double bounds[MET_DEFAULT_BOUNDS];

    work_values(s->value);
    met_bounds_default(bounds);
    return met_histogram_create(bounds, MET_DEFAULT_BOUNDS, NULL,
                                &s->histogram);
}

static void fini(void *state)
{
    struct state *s = state;

    met_histogram_destroy(s->histogram);
}

static void enter(void *state, int thread)
{
    struct state *s = state;

    s->turn[thread].n = (uint64_t)thread * WORK_APART;
}

static inline void update(struct state *s, int thread)
{
    met_histogram_observe(s->histogram,
                          s->value[s->turn[thread].n++ % WORK_VALUES]);
}

static uint64_t sum(struct state *s, int threads)
{
    uint64_t upto[MET_DEFAULT_BOUNDS + 1], count;
    double total, round = 0;

    (void)threads;
    for (int i = 0; i < WORK_VALUES; i++)
        round += s->value[i];
    if (met_histogram_snapshot(s->histogram, upto, MET_DEFAULT_BOUNDS + 1,
                               &count, &total) < 0 ||
        total != (double)(count / WORK_VALUES) * round)
        return UINT64_MAX;
    return count;
}

#include "loop.h"

BENCH_DESIGN(.name = "observe-" BENCH_IMPL, .what = "met_histogram_observe",
             .rank = 2000 + BENCH_RANK, .against = "",
             .bytes_per_thread = sizeof(struct turn), .init = init,
             .fini = fini, .enter = enter);

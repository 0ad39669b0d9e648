/* SPDX-License-Identifier: MIT
 *
 * interference-observe.c - observing while the registry is scraped
 */
#include "contract/scraped.h"

static inline void update(struct state *s, int thread)
{
    (void)thread;
    met_histogram_observe(met_child_histogram(s->histogram), 0.125);
}

static uint64_t sum(struct state *s, int threads)
{
    uint64_t upto[MET_DEFAULT_BOUNDS + 1], count;
    double total;

    (void)threads;
    end_scraper(s);
    if (s->errors > 0 ||
        met_histogram_snapshot(met_child_histogram(s->histogram), upto,
                               MET_DEFAULT_BOUNDS + 1, &count, &total) < 0 ||
        total != 0.125 * (double)count)
        return UINT64_MAX;
    return count;
}

#define BENCH_EVERY 16
#include "loop.h"

SCRAPED_ROWS("observe", 20, "met_histogram_observe");

/* SPDX-License-Identifier: MIT
 *
 * interference-counter.c - counting while the registry is scraped
 */
#include "contract/scraped.h"

static inline void update(struct state *s, int thread)
{
    (void)thread;
    met_counter_inc(met_child_counter(s->counter));
}

static uint64_t sum(struct state *s, int threads)
{
    double value;

    (void)threads;
    end_scraper(s);
    value = met_counter_value(met_child_counter(s->counter));
    /* A broken counter may answer anything; only 0..2^53 is a count. */
    return s->errors == 0 && value >= 0 && value <= 0x1p53 ? (uint64_t)value
                                                           : UINT64_MAX;
}

#define BENCH_EVERY 16
#include "loop.h"

SCRAPED_ROWS("counter", 10, "met_counter_inc");

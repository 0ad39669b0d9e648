/* SPDX-License-Identifier: MIT
 *
 * read-value.c - met_counter_value() of any implementation of counter.h
 *
 * BENCH_ROW comes before the name of the row, BENCH_RANK is its rank.
 */
#include <met/counter.h>

#include "read/shards.h"

struct state {
    struct met_counter *counter;
    struct reader reader[]; /* one a thread */
};

static int init(void *state)
{
    struct state *s = state;
    int err = met_counter_create(&s->counter);

    return err == 0 ? met_counter_add(s->counter, 1234567) : err;
}

static void fini(void *state)
{
    struct state *s = state;

    met_counter_destroy(s->counter);
}

static inline void update(struct state *s, int thread)
{
    s->reader[thread].right += met_counter_value(s->counter) == 1234567;
}

static uint64_t sum(struct state *s, int threads)
{
    return readers_right(s->reader, threads);
}

#include "loop.h"

BENCH_DESIGN(.name = BENCH_ROW "value",
             .what = "met_counter_value of this folder", .rank = BENCH_RANK,
             .against = "value-1", .init = init, .fini = fini,
             .bytes_per_thread = sizeof(struct reader));

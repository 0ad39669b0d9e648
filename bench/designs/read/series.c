/* SPDX-License-Identifier: MIT
 *
 * series.c - reads 1000 counters of 1, 8 or 64 shards: a scrape without its
 * text
 *
 * Two ways to lay the shards out. `padded`: each on lines of its own, counter
 * after counter. `packed`: a row of all counters for each shard, so that the
 * counters of one thread share lines, and those of two threads never do. As
 * many numbers, but the reader fetches a sixteenth of the memory.
 */
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "read/shards.h"

enum { SERIES = 1000 };
enum layout { LAYOUT_packed, LAYOUT_padded };

struct state {
    size_t shards;
    size_t next_series, next_shard; /* distances, in numbers */
    uint64_t want;
    _Atomic uint64_t *n;
    struct reader reader[]; /* one a thread */
};

static int make(struct state *s, size_t shards, enum layout layout)
{
    size_t line = BENCH_LINE / sizeof *s->n;
    bool packed = layout == LAYOUT_packed;
    size_t row = (SERIES + line - 1) / line * line;

    s->shards = shards;
    s->next_series = packed ? 1 : shards * line;
    s->next_shard = packed ? row : line;
    size_t all = packed ? shards * row : SERIES * shards * line;
    s->n = aligned_alloc(BENCH_LINE, all * sizeof *s->n);
    if (s->n == NULL)
        return -1;
    memset(s->n, 0, all * sizeof *s->n);
    for (size_t i = 0; i < SERIES; i++)
        for (size_t k = 0; k < shards; k++) {
            atomic_store(&s->n[i * s->next_series + k * s->next_shard], i + k);
            s->want += i + k;
        }
    return 0;
}

static void fini(void *state)
{
    free(((struct state *)state)->n);
}

static inline void update(struct state *s, int thread)
{
    uint64_t total = 0;

    for (size_t i = 0; i < SERIES; i++)
        for (size_t k = 0; k < s->shards; k++)
            /* Relaxed: the numbers alone are shared. */
            total += atomic_load_explicit(
                &s->n[i * s->next_series + k * s->next_shard],
                memory_order_relaxed);
    s->reader[thread].right += total == s->want;
}

static uint64_t sum(struct state *s, int threads)
{
    return readers_right(s->reader, threads);
}

#define BENCH_EVERY 1
#include "loop.h"

#define SERIES_INIT(layout, shards)                  \
    static int init_##layout##_##shards(void *state) \
    {                                                \
        return make(state, shards, LAYOUT_##layout); \
    }

#define SERIES_ROW(layout, shards_, against_, next_)                        \
    {                                                                       \
        BENCH_LOOP, .name = #layout "-1000x" #shards_,                      \
                    .what = "read of 1000 counters, shards " #layout,       \
                    .rank = 4000 + 100 * LAYOUT_##layout + (shards_),       \
                    .against = against_,                                    \
                    .bytes_per_thread = sizeof(struct reader), .batch = 16, \
                    .init = init_##layout##_##shards_, .fini = fini,        \
                    .next = next_                                           \
    }

SERIES_INIT(packed, 1)
SERIES_INIT(packed, 8)
SERIES_INIT(packed, 64)
SERIES_INIT(padded, 1)
SERIES_INIT(padded, 8)
SERIES_INIT(padded, 64)

static const struct bench_design more[] = {
    SERIES_ROW(packed, 8, "packed-1000x1", &more[1]),
    SERIES_ROW(packed, 64, "packed-1000x1", &more[2]),
    SERIES_ROW(padded, 1, "packed-1000x1", &more[3]),
    SERIES_ROW(padded, 8, "packed-1000x8", &more[4]),
    SERIES_ROW(padded, 64, "packed-1000x64", NULL)};

const struct bench_design bench_design = SERIES_ROW(packed, 1, "value-1", more);

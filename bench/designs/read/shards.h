/* SPDX-License-Identifier: MIT
 *
 * shards.h - one counter, cut into 1 to 1024 shards, each on lines of its own
 *
 * What the designs value and written of the suite read share. An update is a
 * read: the sum of all shards. A read counts if what it found was right.
 */
#ifndef BENCH_SHARDS_H
#define BENCH_SHARDS_H

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "design.h"

struct shard {
    _Alignas(BENCH_LINE) _Atomic uint64_t n;
};

static inline struct shard *shards_make(size_t n)
{
    struct shard *s = aligned_alloc(BENCH_LINE, n * sizeof *s);

    return s != NULL ? memset(s, 0, n * sizeof *s) : NULL;
}

static inline uint64_t shards_read(const struct shard *s, size_t n)
{
    uint64_t total = 0;

    /* Relaxed: the numbers alone are shared, they announce no other data. */
    for (size_t i = 0; i < n; i++)
        total += atomic_load_explicit(&s[i].n, memory_order_relaxed);
    return total;
}

/* What a thread knows of its reads, on lines of its own. */
struct reader {
    _Alignas(BENCH_LINE) uint64_t right; /* reads */
    uint64_t last;                       /* what the last one found */
};

static inline uint64_t readers_right(const struct reader *r, int threads)
{
    uint64_t all = 0;

    for (int i = 0; i < threads; i++)
        all += r[i].right;
    return all;
}

/* ---- the rows ---- */

/* Behind loop.h, and behind make(state, shards), which returns 0 or negative,
 * and AGAINST(n), the row that the one with n shards is compared with:
 * SHARD_ROWS("value", rank, "what", more fields). */
#define SHARD_INIT(n_)                    \
    static int init_##n_(void *state)     \
    {                                     \
        return make(state, (size_t)(n_)); \
    }

#define SHARD_ROW(kind, rank_, what_, n_, next_, ...)                         \
    {                                                                         \
        BENCH_LOOP, .name = kind "-" #n_, .what = what_,                      \
                    .rank = (rank_) + (n_), .against = AGAINST(n_),           \
                    .bytes_per_thread = sizeof(struct reader), .batch = 1024, \
                    .init = init_##n_, .next = next_, __VA_ARGS__             \
    }

#define SHARD_ROWS(kind, rank, what, ...)                        \
    SHARD_INIT(1)                                                \
    SHARD_INIT(2)                                                \
    SHARD_INIT(8)                                                \
    SHARD_INIT(32)                                               \
    SHARD_INIT(128)                                              \
    SHARD_INIT(1024)                                             \
    static const struct bench_design more[] = {                  \
        SHARD_ROW(kind, rank, what, 2, &more[1], __VA_ARGS__),   \
        SHARD_ROW(kind, rank, what, 8, &more[2], __VA_ARGS__),   \
        SHARD_ROW(kind, rank, what, 32, &more[3], __VA_ARGS__),  \
        SHARD_ROW(kind, rank, what, 128, &more[4], __VA_ARGS__), \
        SHARD_ROW(kind, rank, what, 1024, NULL, __VA_ARGS__)};   \
    const struct bench_design bench_design =                     \
        SHARD_ROW(kind, rank, what, 1, more, __VA_ARGS__)

#endif

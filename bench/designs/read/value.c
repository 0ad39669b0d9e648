/* SPDX-License-Identifier: MIT
 *
 * value.c - reads a counter of so many shards, which nobody writes meanwhile
 *
 * The lines stay in the reader's cache: the best case.
 */
#include "read/shards.h"

struct state {
    size_t n;
    uint64_t want;
    struct shard *shards;
    struct reader reader[]; /* one a thread */
};

static int make(struct state *s, size_t n)
{
    s->n = n;
    s->shards = shards_make(n);
    if (s->shards == NULL)
        return -1;
    for (size_t i = 0; i < n; i++) {
        atomic_store(&s->shards[i].n, i + 1);
        s->want += i + 1;
    }
    return 0;
}

static void fini(void *state)
{
    free(((struct state *)state)->shards);
}

static inline void update(struct state *s, int thread)
{
    s->reader[thread].right += shards_read(s->shards, s->n) == s->want;
}

static uint64_t sum(struct state *s, int threads)
{
    return readers_right(s->reader, threads);
}

#include "loop.h"

#define AGAINST(n) "value-1"
SHARD_ROWS("value", 0, "read of a counter, shards at rest", .fini = fini);

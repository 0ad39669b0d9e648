/* SPDX-License-Identifier: MIT
 *
 * written.c - reads a counter of so many shards, all of which are being written
 *
 * One thread beside the reader goes round and adds to each shard in turn. Each
 * shard that was written since the last read is fetched from the other core:
 * that is what a read costs in a program that counts. A read is right if the
 * counter did not go back; in the end it must be what was added.
 */
#include "background.h"
#include "read/shards.h"

struct state {
    size_t n;
    struct shard *shards;
    struct background writer;
    uint64_t added; /* by the writer; read after it has ended */
    struct reader reader[];
};

static void *writer_main(void *state)
{
    struct state *s = state;
    uint64_t added = 0;
    size_t at = 0;

    background_pin();
    /* Relaxed: it only says when to end. */
    while (!atomic_load_explicit(&s->writer.stop, memory_order_relaxed)) {
        _Atomic uint64_t *n = &s->shards[at].n;
        /* Relaxed, load and store: no other thread writes here, and the number
         * announces no other data. */
        uint64_t old = atomic_load_explicit(n, memory_order_relaxed);

        atomic_store_explicit(n, old + 1, memory_order_relaxed);
        added++;
        at = at + 1 < s->n ? at + 1 : 0;
    }
    s->added = added;
    return NULL;
}

static int make(struct state *s, size_t n)
{
    s->n = n;
    s->shards = shards_make(n);
    return s->shards != NULL ? background_start(&s->writer, writer_main, s)
                             : -1;
}

static void fini(void *state)
{
    struct state *s = state;

    background_end(&s->writer);
    free(s->shards);
}

static inline void update(struct state *s, int thread)
{
    struct reader *r = &s->reader[thread];
    uint64_t now = shards_read(s->shards, s->n);

    r->right += now >= r->last;
    r->last = now;
}

static uint64_t sum(struct state *s, int threads)
{
    background_end(&s->writer);
    /* Who counted, and the shards: at rest now. */
    return shards_read(s->shards, s->n) == s->added
               ? readers_right(s->reader, threads)
               : UINT64_MAX;
}

#include "loop.h"

#define AGAINST(n) "value-" #n
SHARD_ROWS("written", 2000, "read of a counter, shards being written",
           .fini = fini);

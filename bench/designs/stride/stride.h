/* SPDX-License-Identifier: MIT
 *
 * stride.h - slots of 4 bytes that lie 4 to 256 bytes apart
 *
 * What the designs of the suite stride share. Thread i counts in slot i, and
 * no two threads share a slot: the rows differ in nothing but the distance
 * from one slot to the next. The first slot begins a line.
 *
 * A slot counts to 2^32 - 1, which takes the fastest update a second; a trial
 * lasts milliseconds. If one did wrap, that would be a wrong sum.
 */
#ifndef BENCH_STRIDE_H
#define BENCH_STRIDE_H

#include <stdatomic.h>

#include "design.h"

enum { MOST_STRIDE = 256 };

struct state {
    size_t stride;
    _Alignas(BENCH_LINE) char slots[]; /* MOST_STRIDE bytes for each thread */
};

static inline _Atomic uint32_t *slot_of(struct state *s, int thread)
{
    return (void *)(s->slots + (size_t)thread * s->stride);
}

/* Initial-exec, as in counter/thread-local.c: one load finds it. */
static _Thread_local _Atomic uint32_t *mine
    __attribute__((tls_model("initial-exec")));

static void enter(void *state, int thread)
{
    mine = slot_of(state, thread);
}

static uint64_t sum(struct state *s, int threads)
{
    uint64_t total = 0;

    for (int i = 0; i < threads; i++)
        total += atomic_load(slot_of(s, i));
    return total;
}

/* ---- the rows ---- */

/* Behind loop.h: STRIDE_ROWS("store", rank, "what it does"). Each is compared
 * with the widest of its kind. */
#define STRIDE_INIT(bytes)                         \
    static int init_##bytes(void *state)           \
    {                                              \
        ((struct state *)state)->stride = (bytes); \
        return 0;                                  \
    }

#define STRIDE_ROW(kind, rank_, what_, bytes, next_)                       \
    {                                                                      \
        BENCH_LOOP, .name = kind "-" #bytes, .what = what_,                \
                    .rank = (rank_) + (bytes), .against = kind "-256",     \
                    .bytes_per_thread = MOST_STRIDE, .init = init_##bytes, \
                    .enter = enter, .next = next_                          \
    }

#define STRIDE_ROWS(kind, rank, what)                \
    STRIDE_INIT(4)                                   \
    STRIDE_INIT(8)                                   \
    STRIDE_INIT(16)                                  \
    STRIDE_INIT(32)                                  \
    STRIDE_INIT(48)                                  \
    STRIDE_INIT(60)                                  \
    STRIDE_INIT(64)                                  \
    STRIDE_INIT(96)                                  \
    STRIDE_INIT(128)                                 \
    STRIDE_INIT(192)                                 \
    STRIDE_INIT(256)                                 \
    static const struct bench_design more[] = {      \
        STRIDE_ROW(kind, rank, what, 8, &more[1]),   \
        STRIDE_ROW(kind, rank, what, 16, &more[2]),  \
        STRIDE_ROW(kind, rank, what, 32, &more[3]),  \
        STRIDE_ROW(kind, rank, what, 48, &more[4]),  \
        STRIDE_ROW(kind, rank, what, 60, &more[5]),  \
        STRIDE_ROW(kind, rank, what, 64, &more[6]),  \
        STRIDE_ROW(kind, rank, what, 96, &more[7]),  \
        STRIDE_ROW(kind, rank, what, 128, &more[8]), \
        STRIDE_ROW(kind, rank, what, 192, &more[9]), \
        STRIDE_ROW(kind, rank, what, 256, NULL)};    \
    const struct bench_design bench_design =         \
        STRIDE_ROW(kind, rank, what, 4, more)

#endif

/* SPDX-License-Identifier: MIT
 *
 * thousand.h - 1000 counters, each of which every thread counts
 *
 * What the designs of the suite memory share. A thread goes round all of them:
 * an update counts the next one. Threads do not begin at the same counter.
 */
#ifndef BENCH_THOUSAND_H
#define BENCH_THOUSAND_H

#include "memory/count.h"

enum { THOUSAND = 1000 };

struct walk {
    _Alignas(BENCH_LINE) size_t at;
};

static inline size_t walk_step(struct walk *w, int thread)
{
    size_t at = w[thread].at;

    w[thread].at = at + 1 < THOUSAND ? at + 1 : 0;
    return at;
}

static inline void walk_begin(struct walk *w, int thread)
{
    w[thread].at = (size_t)thread * 379 % THOUSAND;
}

/* Zeroed, aligned to the lines of BENCH_LINE bytes. */
static inline void *lines_of(size_t bytes)
{
    size_t whole = (bytes + BENCH_LINE - 1) / BENCH_LINE * BENCH_LINE;
    void *memory = aligned_alloc(BENCH_LINE, whole);

    return memory != NULL ? memset(memory, 0, whole) : NULL;
}

#endif

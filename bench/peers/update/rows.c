/* SPDX-License-Identifier: MIT
 *
 * rows.c - the rows of one peer in the suite peers, an operation each
 *
 * BENCH_PEER ends the names of the rows, BENCH_VERSION is what it calls itself,
 * BENCH_COMMAND starts its program, BENCH_SNAPSHOT says what a reader of its
 * histogram gets. BENCH_RANK is its place among the peers, BENCH_MOST_THREADS
 * the most that it can run, 0 for any number.
 */
#include "design.h"

#define ROW(operation_, rank_, what_, next_)                                 \
    {                                                                        \
        .name = operation_ "-" BENCH_PEER, .what = BENCH_VERSION ": " what_, \
        .rank = (rank_) + BENCH_RANK, .against = "",                         \
        .sample_every = BENCH_SAMPLE_EVERY, .command = BENCH_COMMAND,        \
        .operation = operation_, .most_threads = BENCH_MOST_THREADS,         \
        .next = next_                                                        \
    }

static const struct bench_design more[] = {
    ROW("observe", 2000, "an observation; " BENCH_SNAPSHOT, &more[1]),
    ROW("hit", 3000, "look-up of one of 1000 children, increment", &more[2]),
    ROW("cached", 4000, "increment of a child that was kept", NULL)};

const struct bench_design bench_design = ROW("inc", 1000, "increment", more);

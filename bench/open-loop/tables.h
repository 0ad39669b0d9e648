/* SPDX-License-Identifier: MIT
 *
 * tables.h - what bench-open-loop writes
 *
 *     open-loop.csv                   a row a round, load, server and FROM
 *     latency-LOAD-NAME-FROM.hgrm     all rounds together
 *
 * FROM is from when a time counts: `due`, when the request should have been
 * sent; `sent`, when it was. `client` is no latency of the server: by how much
 * the client was late although the connection was free.
 */
#ifndef BENCH_OPEN_LOOP_TABLES_H
#define BENCH_OPEN_LOOP_TABLES_H

#include <stdio.h>

#include "asker.h"

#define BENCH_SERVERS 8
#define BENCH_LOADS 2

struct bench_open_loop {
    const char *out; /* the folder; made if missing */
    const char *name[BENCH_SERVERS];
    int servers, loads, rounds;
    struct {
        const char *name;
        double per_second[BENCH_SERVERS]; /* sum of the rounds */
        struct bench_latencies all[BENCH_SERVERS];
    } load[BENCH_LOADS];
    struct bench_latencies round;
    FILE *csv;
};

/* Makes the folder and open-loop.csv. */
void bench_open_loop_begin(struct bench_open_loop *t);

/* One load more. The name is not copied. */
void bench_open_loop_load(struct bench_open_loop *t, const char *name);

/* Empty recorders for the next server. */
const struct bench_latencies *bench_open_loop_round(struct bench_open_loop *t);

/* Writes what is in them, the round's rows, and adds it to all rounds. Rounds
 * begin with 1; the server was asked so often a second, which is a share of
 * that capacity. */
void bench_open_loop_said(struct bench_open_loop *t, int load, int server,
                          int round, double per_second, double capacity);

/* The other files, and a table on standard output. Ends the program when a file
 * cannot be written. */
void bench_open_loop_end(struct bench_open_loop *t);

#endif

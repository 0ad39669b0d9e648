/* SPDX-License-Identifier: MIT
 *
 * topology.h - the machine of the model: who is near whom, and what takes how
 * long
 *
 * Cores are numbered. The cores 0 to 7 are the first complex, whose cores share
 * a third-level cache, 8 to 15 the second, and so on; sockets likewise. A line
 * takes as long from core to core as the smallest group that holds both says.
 *
 * Times are whole picoseconds, so the model gives the same numbers with every
 * compiler.
 */
#ifndef BENCH_MODEL_TOPOLOGY_H
#define BENCH_MODEL_TOPOLOGY_H

#include <stdint.h>

enum { MODEL_MAX_CORES = 128, MODEL_LEVELS = 3 };

/* The cores of one group, and how long a line takes between two of them. */
struct model_level {
    int cores;
    int64_t low, high;
};

struct model_machine {
    struct model_level level[MODEL_LEVELS]; /* complex, socket, machine */
    /* What a core needs for an access when the line is its own. */
    int64_t load, store, rmw;
    int64_t pause; /* one turn of a waiting loop */
    int64_t call;  /* a system call */
    int64_t wake;  /* until a thread that slept goes on */
    /* For which share of a transfer, in 1/1000, the old owner still has the
     * line: the request is on its way, the line not yet. */
    int overlap;
};

/* The machine of published.h, with overlap 0. */
extern const struct model_machine model_milan;

/* Which end of the bands. */
enum model_end { MODEL_LOW, MODEL_HIGH };

/* How long a line takes from one core to another. */
int64_t model_transfer(const struct model_machine *m, enum model_end end,
                       int from, int to);

#endif

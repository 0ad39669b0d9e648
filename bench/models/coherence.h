/* SPDX-License-Identifier: MIT
 *
 * coherence.h - a model of how cache lines move between cores
 *
 * It runs a counter design on as many cores as you like, and counts what
 * bench/ can only time: how often a line moved, and how many copies were
 * destroyed. Nothing here is measured.
 *
 * A line is in one of three states. One core has it and may write
 * (MODIFIED; its copy is the only one), some cores have it and may read
 * (SHARED), or nobody has it. A core that has what it needs goes on at once. Else
 * its request joins the queue of the line. Requests are served one by one, in the
 * order in which they came:
 *
 *     granted --- overlap --> leaves --- the rest --> arrives, one access
 *
 * From `granted` to `arrives` is the time of a transfer. Until the line leaves,
 * the old owner goes on with it. What leaves is lost: the copies of all others
 * for a write, the right to write for a read. Who waited gets at least one
 * access before the line may be granted again. With an overlap of 0 that one
 * access is all it gets: the strict order of the queue.
 *
 * A core does one step after the other, with no store buffer and no guess.
 */
#ifndef BENCH_MODEL_COHERENCE_H
#define BENCH_MODEL_COHERENCE_H

#include <stdint.h>

#include "steps.h"
#include "topology.h"

/* All between the same two moments of a run that is warm. */
struct model_counts {
    uint64_t updates;
    uint64_t transfers;     /* a line moved to a core that had no copy */
    uint64_t upgrades;      /* a reader became the owner: nothing moved */
    uint64_t invalidations; /* copies destroyed, the old owner's too */
    uint64_t failed;        /* tries that have to be made again */
    uint64_t sleeps;        /* of threads that wait for a mutex */
    uint64_t lost;          /* updates that another one wrote over */
    int64_t time;
};

/* Warms up, and runs until that many updates are done. Ends the program when
 * cores is not in 1..MODEL_MAX_CORES. */
struct model_counts model_run(const struct model_machine *m, enum model_end end,
                              const struct model_design *d, int cores,
                              uint64_t updates);

/* Nanoseconds for one update of one thread, waiting included, as the harness
 * counts them. */
double model_ns(const struct model_counts *c, int cores);

#endif

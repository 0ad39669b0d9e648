/* SPDX-License-Identifier: MIT
 *
 * topology.c - see topology.h; where each number comes from
 */
#include "topology.h"

const struct model_machine model_milan = {
    /* Groups: an EPYC of the generation Milan has 8 cores in a complex and 64
     * in a socket. Times: published by nviennot/core-to-core-latency, over
     * several processors. */
    .level = {{8, 16000, 25000},
              {64, 84000, 154000},
              {MODEL_MAX_CORES, 108000, 197000}},
    /* The published curves at one thread: 0.694 ns for load and store, of which
     * each gets half, and 2.529 ns for an atomic add. */
    .load = 347,
    .store = 347,
    .rmw = 2529,
    /* These three are assumed; no published number stands behind them. They
     * move the rows of locks, and no other. */
    .pause = 15000,
    .call = 200000,
    .wake = 2000000,
};

int64_t model_transfer(const struct model_machine *m, enum model_end end,
                       int from, int to)
{
    int i = 0;

    while (i < MODEL_LEVELS - 1 &&
           from / m->level[i].cores != to / m->level[i].cores)
        i++;
    return end == MODEL_LOW ? m->level[i].low : m->level[i].high;
}

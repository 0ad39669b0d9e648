/* SPDX-License-Identifier: MIT
 *
 * rows-padded.c - a slot for each counter and thread, each on lines of its own
 *
 * What is got by padding every slot, as for a single counter.
 */
#include <stdatomic.h>

#include "memory/thousand.h"

struct slot {
    _Alignas(BENCH_LINE) _Atomic uint64_t n;
};

#include "memory/rows.h"

#include "loop.h"

BENCH_DESIGN(.name = "rows-padded", .what = "a row for each thread, padded",
             .rank = 60, .init = init, .fini = fini, .enter = enter,
             .memory = memory, .bytes_per_thread = sizeof(struct part));

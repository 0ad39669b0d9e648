/* SPDX-License-Identifier: MIT
 *
 * peers-inc.c - the operation inc of work.h
 */
#include "one-counter.h"

BENCH_DESIGN(ONE_COUNTER, .name = "inc-" BENCH_IMPL, .what = "met_counter_inc",
             .rank = 1000 + BENCH_RANK, .against = "");

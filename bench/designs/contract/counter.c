/* SPDX-License-Identifier: MIT
 *
 * counter.c - any implementation of counter.h. BENCH_IMPL is the name of the row
 */
#include "one-counter.h"

BENCH_DESIGN(ONE_COUNTER, .name = BENCH_IMPL,
             .what = "met_counter_inc of this folder", .rank = 200);

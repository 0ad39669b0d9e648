/* SPDX-License-Identifier: MIT
 *
 * counted.h - what a metric of an implementation says, as a sum
 */
#ifndef BENCH_COUNTED_H
#define BENCH_COUNTED_H

#include <stdint.h>

/* A broken counter may answer anything; only 0..2^53 is a count. */
static inline uint64_t bench_counted(double n)
{
    return n >= 0 && n <= 0x1p53 ? (uint64_t)n : UINT64_MAX;
}

#endif

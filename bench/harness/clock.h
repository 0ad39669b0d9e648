/* SPDX-License-Identifier: MIT
 *
 * clock.h - the one clock of the harness
 *
 * Times are nanoseconds of CLOCK_MONOTONIC since some fixed moment. Reading
 * the clock costs about 20 ns itself, so one increment cannot be timed: the
 * harness times many updates and divides. Where it does time one update (the
 * latency of one in 1024), the floor says what the clock reads for nothing.
 */
#ifndef BENCH_CLOCK_H
#define BENCH_CLOCK_H

#include <stdint.h>
#include <time.h>

struct bench_recorder;

static inline uint64_t bench_now_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* Sleeps at least that long; signals do not shorten it. */
void bench_sleep_ns(uint64_t ns);

/* Records n times how far apart two readings in a row are: the floor. */
void bench_clock_floor(struct bench_recorder *floor, uint64_t n);

#endif

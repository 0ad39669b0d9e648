/* SPDX-License-Identifier: MIT
 *
 * clock.c - sleeping, and the floor of the clock
 */
#include "clock.h"

#include <errno.h>

#include "recorder.h"

void bench_sleep_ns(uint64_t ns)
{
    uint64_t end = bench_now_ns() + ns;
    struct timespec until = {(time_t)(end / 1000000000u),
                             (long)(end % 1000000000u)};

    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL) ==
           EINTR)
        ;
}

void bench_clock_floor(struct bench_recorder *floor, uint64_t n)
{
    for (uint64_t i = 0; i < n; i++) {
        uint64_t begin = bench_now_ns();

        bench_recorder_add(floor, bench_now_ns() - begin);
    }
}

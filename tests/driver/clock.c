/* SPDX-License-Identifier: MIT
 *
 * clock.c - let time pass for the submission, or set its clock back
 *
 * The submission is linked with --wrap, so that its clock_gettime() is the
 * __wrap_clock_gettime() here. A test can so let an hour pass at once, and see
 * what a stop watch says when somebody sets the time of day meanwhile.
 */
#include "scenario.h"

#include <stdatomic.h>
#include <stdint.h>
#include <sys/time.h>
#include <time.h>

#define SECOND INT64_C(1000000000)

/* Added to what the clocks say, in nanoseconds. Relaxed would do: a test sets
 * them before it starts threads. */
static _Atomic int64_t of_day, passed;

/* in: seconds by which the time of day is set forward (or back); seconds that
 * pass on every clock. Both add up over a test. */
SCENARIO(change_clocks)
{
    atomic_fetch_add(&of_day, (int64_t)(in[0] * 1e9));
    atomic_fetch_add(&passed, (int64_t)(in[1] * 1e9));
    out[0] = 0;
}

#define EXPORTED __attribute__((visibility("default"))) extern

EXPORTED int __wrap_clock_gettime(clockid_t clock, struct timespec *t);
EXPORTED int __wrap_timespec_get(struct timespec *t, int base);
EXPORTED int __wrap_gettimeofday(struct timeval *t, void *zone);
EXPORTED time_t __wrap_time(time_t *t);

static int is_of_day(clockid_t clock)
{
    return clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE ||
           clock == CLOCK_TAI;
}

int __wrap_clock_gettime(clockid_t clock, struct timespec *t)
{
    int err = clock_gettime(clock, t);

    if (err != 0)
        return err;
    int64_t ns = t->tv_sec * SECOND + t->tv_nsec + atomic_load(&passed) +
                 (is_of_day(clock) ? atomic_load(&of_day) : 0);
    t->tv_sec = ns / SECOND;
    t->tv_nsec = ns % SECOND;
    return 0;
}

int __wrap_timespec_get(struct timespec *t, int base)
{
    if (base != TIME_UTC || __wrap_clock_gettime(CLOCK_REALTIME, t) != 0)
        return 0;
    return base;
}

int __wrap_gettimeofday(struct timeval *t, void *zone)
{
    struct timespec now;

    (void)zone;
    __wrap_clock_gettime(CLOCK_REALTIME, &now);
    *t = (struct timeval){now.tv_sec, now.tv_nsec / 1000};
    return 0;
}

time_t __wrap_time(time_t *t)
{
    struct timespec now;

    __wrap_clock_gettime(CLOCK_REALTIME, &now);
    if (t)
        *t = now.tv_sec;
    return now.tv_sec;
}

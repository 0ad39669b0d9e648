/* SPDX-License-Identifier: MIT
 *
 * waits.c - see waits.h
 */
#include "waits.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

/* Reads the waiting time into *ns. */
static bool read_schedstat(uint64_t *ns)
{
    FILE *f = fopen("/proc/thread-self/schedstat", "r");
    bool found;

    if (f == NULL)
        return false;
    found = fscanf(f, "%*u %" SCNu64, ns) == 1;
    fclose(f);
    return found;
}

bool bench_waits_known(void)
{
    uint64_t ns;

    return read_schedstat(&ns);
}

uint64_t bench_waited_ns(void)
{
    uint64_t ns = 0;

    return read_schedstat(&ns) ? ns : 0;
}

/* Not from schedstat: there the running thread's own time is as old as the
 * last tick. */
uint64_t bench_ran_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

uint64_t bench_stolen_ns(int threads, uint64_t waited_ns, uint64_t ran_ns)
{
    uint64_t by_each_other = (uint64_t)(threads - 1) * ran_ns;

    if (waited_ns <= by_each_other)
        return 0;
    return (waited_ns - by_each_other) / (uint64_t)threads;
}

uint64_t bench_steal_ticks(void)
{
    uint64_t ticks = 0;
    FILE *f = fopen("/proc/stat", "r");

    if (f == NULL)
        return 0;
    /* cpu user nice system idle iowait irq softirq steal */
    if (fscanf(f, "cpu %*u %*u %*u %*u %*u %*u %*u %" SCNu64, &ticks) != 1)
        ticks = 0;
    fclose(f);
    return ticks;
}

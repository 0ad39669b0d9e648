/* SPDX-License-Identifier: MIT
 *
 * processors.h - threads of a scenario, each on a processor of its own
 */
#ifndef PROCESSORS_H
#define PROCESSORS_H

#include <sched.h>
#include <stddef.h>
#include <unistd.h>

/* Those on which this process may run. */
static inline cpu_set_t processors(void)
{
    cpu_set_t all;

    if (sched_getaffinity(0, sizeof all, &all) != 0)
        _exit(122);
    return all;
}

/* Keeps the calling thread on the i-th of them, if there are so many. */
static inline void stay_on(const cpu_set_t *all, size_t i)
{
    cpu_set_t mine;
    size_t seen = 0;

    CPU_ZERO(&mine);
    for (int cpu = 0; cpu < CPU_SETSIZE; cpu++)
        if (CPU_ISSET(cpu, all) && seen++ == i)
            CPU_SET(cpu, &mine);
    if (CPU_COUNT(&mine) > 0)
        sched_setaffinity(0, sizeof mine, &mine);
}

#endif

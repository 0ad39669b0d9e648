/* SPDX-License-Identifier: MIT
 *
 * cpus.c - the allowed CPUs and pinning, by sched_setaffinity(2)
 */
#include "cpus.h"

#include <errno.h>
#include <sched.h>
#include <string.h>

#include "fail.h"

void bench_cpus_read(struct bench_cpus *cpus)
{
    cpu_set_t mask;

    if (sched_getaffinity(0, sizeof mask, &mask) != 0)
        bench_fail("cannot read the allowed CPUs: %s", strerror(errno));
    cpus->count = 0;
    for (int id = 0; id < 1024; id++)
        if (CPU_ISSET(id, &mask))
            cpus->id[cpus->count++] = id;
}

void bench_cpus_pin(int id)
{
    cpu_set_t mask;

    CPU_ZERO(&mask);
    CPU_SET(id, &mask);
    if (sched_setaffinity(0, sizeof mask, &mask) != 0)
        bench_fail("cannot pin a thread to CPU %d: %s", id, strerror(errno));
    if (sched_getcpu() != id)
        bench_fail("a thread pinned to CPU %d runs on CPU %d", id,
                   sched_getcpu());
}

/* SPDX-License-Identifier: MIT
 *
 * cpus.h - which CPUs the run may use, and one thread on one CPU
 *
 * The process may be kept to some of the CPUs (taskset, containers); only
 * those are used. A thread that cannot be pinned ends the program with a
 * sentence: a number measured on an unknown CPU is worth nothing.
 */
#ifndef BENCH_CPUS_H
#define BENCH_CPUS_H

struct bench_cpus {
    int count;
    int id[1024]; /* the kernel's numbers, upwards */
};

/* Reads the CPUs that the calling thread may run on. Ends the program when
 * the kernel does not tell. */
void bench_cpus_read(struct bench_cpus *cpus);

/* Keeps the calling thread on that one CPU, and checks that it is there. Ends
 * the program when it is not. */
void bench_cpus_pin(int id);

#endif

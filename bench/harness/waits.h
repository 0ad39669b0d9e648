/* SPDX-License-Identifier: MIT
 *
 * waits.h - did anybody else use our CPUs meanwhile?
 *
 * Linux keeps for each thread how long it was ready to run but had to wait
 * for its CPU (/proc/thread-self/schedstat, second field). With one thread a
 * CPU that time belongs to others: another program, or the kernel. With more
 * threads than CPUs they wait for each other too, which is no disturbance;
 * bench_stolen_ns() takes that out.
 *
 * What the host of a virtual machine takes away is seen only as far as it
 * says so: steal time in /proc/stat, in steps of 10 ms. It often says nothing.
 */
#ifndef BENCH_WAITS_H
#define BENCH_WAITS_H

#include <stdbool.h>
#include <stdint.h>

/* Whether this kernel counts the waiting of threads. Without it no trial is
 * ever flagged, and the report says so. */
bool bench_waits_known(void);

/* How long the calling thread has waited for its CPU since it began, and how
 * long it has run. 0 where the kernel does not count. */
uint64_t bench_waited_ns(void);
uint64_t bench_ran_ns(void);

/* Of `threads` threads on one CPU that together waited and ran so long: how
 * long the CPU ran something else while one of them was ready.
 *
 * While one of them runs, the others wait at most that long: (threads - 1)
 * times the running. While an outsider runs, all of them wait. So what is
 * over, divided by the threads, is the outsider's time if all are ready all
 * the time. Where threads sleep of their own will (a mutex) they wait less,
 * and the answer is too small; it is never too large. */
uint64_t bench_stolen_ns(int threads, uint64_t waited_ns, uint64_t ran_ns);

/* Time that the host says it took from all CPUs since boot, in clock ticks of
 * 1/100 s; 0 where it is not told. */
uint64_t bench_steal_ticks(void);

#endif

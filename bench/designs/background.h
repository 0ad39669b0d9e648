/* SPDX-License-Identifier: MIT
 *
 * background.h - a thread beside those that are measured
 *
 * A design starts it in init() and ends it in fini(). It runs on the last CPU
 * that this process may use; the measured threads begin at the first.
 */
#ifndef BENCH_BACKGROUND_H
#define BENCH_BACKGROUND_H

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

#include "design.h"

struct background {
    _Alignas(BENCH_LINE) atomic_bool stop;
    pthread_t thread;
    bool running;
};

/* Ends the process when it fails: what is measured beside a thread on an
 * unknown CPU is worth nothing. */
static inline void background_pin(void)
{
    cpu_set_t allowed, last;

    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0)
        abort();
    CPU_ZERO(&last);
    for (int cpu = CPU_SETSIZE - 1; cpu >= 0; cpu--)
        if (CPU_ISSET(cpu, &allowed)) {
            CPU_SET(cpu, &last);
            break;
        }
    if (sched_setaffinity(0, sizeof last, &last) != 0)
        abort();
}

/* main(state) calls background_pin() and returns when stop is set. Returns 0
 * or a negative code. */
static inline int background_start(struct background *b, void *(*main)(void *),
                                   void *state)
{
    int err = pthread_create(&b->thread, NULL, main, state);

    b->running = err == 0;
    return -err;
}

/* May be called twice, and before a start. */
static inline void background_end(struct background *b)
{
    atomic_store(&b->stop, true);
    if (b->running)
        pthread_join(b->thread, NULL);
    b->running = false;
}

#endif

/* SPDX-License-Identifier: MIT
 *
 * worker.h - a process that measures
 */
#ifndef BENCH_WORKER_H
#define BENCH_WORKER_H

#include "plan.h"

/* Does the part of the plan that is options.process's, and prints what it
 * finds to standard output (results.h). A trial that lasts longer than a
 * minute is a design that hangs: SIGALRM then ends the process. */
void bench_worker(const struct bench_plan *p);

#endif

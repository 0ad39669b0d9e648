/* SPDX-License-Identifier: MIT
 *
 * run.h - several processes, one after the other
 *
 * Where the linker and the kernel happen to put things changes times by
 * several per cent, and stays the same for the life of a process. So a run is
 * cut into several processes, each with an environment of a random size,
 * which moves the stack, and new random addresses of everything else.
 *
 * Source: Mytkowicz, Diwan, Hauswirth and Sweeney, "Producing wrong data
 * without doing anything obviously wrong!", ASPLOS 2009.
 */
#ifndef BENCH_RUN_H
#define BENCH_RUN_H

#include "plan.h"
#include "results.h"

/* Calibrates, runs all processes and gathers what they found. Ends the
 * program when one of them dies, and says in which design. argv is that of
 * main(). */
struct bench_results *bench_run(const struct bench_plan *p, int argc,
                                char **argv);

#endif

/* SPDX-License-Identifier: MIT
 *
 * peer.h - trials that a program in another language does
 *
 * Such a design names a command and an operation. The command is started once
 * in each process that measures, when its first trial comes; between its trials
 * it waits for a line and uses no processor. It says `ready` when it is warm,
 * and then answers one line with one line:
 *
 *     OPERATION THREADS WARM_NS MEASURE_NS CPU,CPU,...
 *     UPDATES WINDOW_NS EXPECTED SUM STOLEN_NS
 *
 * The peer keeps thread i on the i-th CPU, where its language lets it, and does
 * what trial.c does: all threads update for WARM_NS, then each stamps its own
 * begin, updates for MEASURE_NS, and stamps its own end. The numbers are those
 * of struct bench_trial.
 *
 * When its input ends, so does the peer. One that dies, hangs, or says anything
 * else ends the run with a sentence: a number that nobody can explain is none.
 */
#ifndef BENCH_PEER_H
#define BENCH_PEER_H

#include "trial.h"

/* One trial of a design that has a command. */
void bench_peer_trial(const struct bench_trial_plan *plan,
                      const struct bench_cpus *cpus, struct bench_trial *out);

#endif

/* SPDX-License-Identifier: MIT
 *
 * counter.c - what does it cost to count, in each of the ways to do it?
 *
 * All designs of designs/counter/, and any implementation of counter.h, over
 * 1, 2, ... CPUs threads and twice as many. All are compared with the mutex;
 * the further pairs differ in one thing each.
 */
#include "suite.h"

static const char *pairs[][2] = {
    {"spin-ttas", "spin-tas"},                  /* looking before trying */
    {"fetch-add-relaxed", "fetch-add-seq-cst"}, /* the memory order */
    {"cas-double", "fetch-add-relaxed"},        /* a double, not a number */
    {"slots-packed", "fetch-add-relaxed"},      /* own word, same line */
    {"slots-padded", "slots-packed"},           /* own line */
    {"own-slot", "slots-padded"},               /* no locked instruction */
    {"thread-local", "own-slot"},               /* the way to it */
};

static const struct bench_suite suite = {
    .name = "counter",
    .floor = "empty",
    .baseline = "mutex",
    .pairs = pairs,
    .n_pairs = sizeof pairs / sizeof pairs[0],
};

int main(int argc, char **argv)
{
    return bench_main(&suite, argc, argv);
}

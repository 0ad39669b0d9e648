/* SPDX-License-Identifier: MIT
 *
 * histogram.c - what does it cost to observe, in each of the ways to keep
 * counts and sum?
 *
 * All designs of designs/histogram/, and any implementation of histogram.h.
 * Each row is compared with the mutex at the same input; the further pairs
 * differ in one thing each. How a bucket is found is the suite search.
 */
#include "suite.h"

static const char *pairs[][2] = {
    {"hot-cold-uniform", "shared-uniform"},        /* whole snapshots */
    {"own-sequence-uniform", "own-uniform"},       /* whole snapshots */
    {"own-sequence-uniform", "hot-cold-uniform"},  /* nothing shared */
    {"shared-constant", "shared-uniform"},         /* all in one bucket */
    {"own-sequence-constant", "hot-cold-constant"} /* nothing shared */
};

static const struct bench_suite suite = {
    .name = "histogram",
    .floor = "empty",
    .baseline = "mutex-uniform",
    .pairs = pairs,
    .n_pairs = sizeof pairs / sizeof pairs[0],
    .unit = "value",
};

int main(int argc, char **argv)
{
    return bench_main(&suite, argc, argv);
}

/* SPDX-License-Identifier: MIT
 *
 * batching.c - what is saved if a thread pushes its counts 8, 64, 512 at once?
 *
 * Each batch is compared with no batch, and with the one before: where does a
 * larger one stop to pay? The shared number without any batch and a number of
 * the thread's own, which is never pushed, are the two ends.
 */
#include "suite.h"

static const char *pairs[][2] = {
    {"batch-64", "batch-8"},
    {"batch-512", "batch-64"},
    {"thread-local", "batch-512"},
};

static const struct bench_suite suite = {
    .name = "batching",
    .floor = "empty",
    .baseline = "batch-1",
    .pairs = pairs,
    .n_pairs = sizeof pairs / sizeof pairs[0],
};

int main(int argc, char **argv)
{
    return bench_main(&suite, argc, argv);
}

/* SPDX-License-Identifier: MIT
 *
 * memory.c - how many bytes is a counter, and what do they buy?
 *
 * 1000 counters, each of which every thread counts, in designs that take 8
 * bytes to 128 bytes a thread for one. What they hold is counted, not measured.
 */
#include "suite.h"

static const char *pairs[][2] = {
    {"atomic-padded", "atomic"}, /* own line, shared by threads */
    {"slots-8", "atomic"},       /* own word, shared line */
    {"rows", "atomic"},          /* own row */
    {"rows", "rows-padded"},     /* as fast, with less memory? */
};

static const struct bench_suite suite = {
    .name = "memory",
    .floor = "empty",
    .baseline = "mutex",
    .pairs = pairs,
    .n_pairs = sizeof pairs / sizeof pairs[0],
    .no_latency = true,
};

int main(int argc, char **argv)
{
    return bench_main(&suite, argc, argv);
}

/* SPDX-License-Identifier: MIT
 *
 * search.c - how is the bucket of a value found, among 8 to 256?
 *
 * All designs of designs/search/, each compared with the binary search of the
 * same number of buckets and the same input. Nothing is shared, so one thread
 * says all; the suite histogram has the sharing.
 */
#include "suite.h"

static const struct bench_suite suite = {
    .name = "search",
    .floor = "empty",
    .baseline = "binary-16-uniform",
    .threads = "1",
    .unit = "value",
    .no_latency = true,
};

int main(int argc, char **argv)
{
    return bench_main(&suite, argc, argv);
}

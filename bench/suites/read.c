/* SPDX-License-Identifier: MIT
 *
 * read.c - what does a read cost, against shards and series?
 *
 * Shards make updates cheap, and a reader has to add them up. A counter of 1 to
 * 1024 shards at rest and while all of them are written; 1000 counters in two
 * layouts; the value and the page of an implementation of the contract.
 */
#include "suite.h"

static const struct bench_suite suite = {
    .name = "read",
    .floor = "empty",
    .baseline = "value-1",
    .threads = "1",
    .unit = "read",
    .no_latency = true,
};

int main(int argc, char **argv)
{
    return bench_main(&suite, argc, argv);
}

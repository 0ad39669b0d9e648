/* SPDX-License-Identifier: MIT
 *
 * stride.c - how far apart must the slots of two threads lie?
 *
 * The processor moves memory between its cores by the line. Two numbers in one
 * line cost their threads as much as one shared number would, though none is
 * shared: false sharing. Two threads count in slots that lie 4 to 256 bytes
 * apart; each distance is compared with the widest.
 */
#include "suite.h"

static const struct bench_suite suite = {
    .name = "stride",
    .floor = "empty",
    .baseline = "store-256",
    .threads = "2",
    .no_latency = true,
};

int main(int argc, char **argv)
{
    return bench_main(&suite, argc, argv);
}

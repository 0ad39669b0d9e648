/* SPDX-License-Identifier: MIT
 *
 * peers.c - what does an update cost, ours and that of other clients?
 *
 * Four operations (designs/contract/work.h), at 1 and at 2 threads: by the
 * reference as labs 01 to 04 have it, by that with the sharded metrics of lab
 * 07, each once more linked with -flto, and by the clients of other languages.
 * Each row of ours is compared with the same operation of every peer.
 */
#include "suite.h"

#define OURS_AND(operation, ours, peer)        \
    {                                          \
        operation "-" ours, operation "-" peer \
    }
#define AGAINST_ALL(operation, ours)                  \
    OURS_AND(operation, ours, "prometheus-cpp"),      \
        OURS_AND(operation, ours, "client-golang"),   \
        OURS_AND(operation, ours, "rust-prometheus"), \
        OURS_AND(operation, ours, "client-python"),   \
        OURS_AND(operation, ours, "prom-client")
#define OPERATION(operation)                                                \
    AGAINST_ALL(operation, "lab-01"), AGAINST_ALL(operation, "lab-01-lto"), \
        AGAINST_ALL(operation, "lab-07"),                                   \
        AGAINST_ALL(operation, "lab-07-lto"),                               \
        OURS_AND(operation, "lab-07", "lab-01"),                            \
        OURS_AND(operation, "lab-07-lto", "lab-07")

static const char *pairs[][2] = {
    OPERATION("inc"),
    OPERATION("observe"),
    OPERATION("hit"),
    OPERATION("cached"),
    /* what is left to gain, and what a child costs */
    {"inc-lab-07", "own-slot"},
    {"inc-lab-07-lto", "own-slot"},
    {"cached-lab-01", "inc-lab-01"},
    {"cached-lab-07", "inc-lab-07"},
    {"cached-lab-07-lto", "inc-lab-07-lto"},
};

static const struct bench_suite suite = {
    .name = "peers",
    .floor = "empty",
    .baseline = "inc-lab-01",
    .pairs = pairs,
    .n_pairs = sizeof pairs / sizeof pairs[0],
    .threads = "1,2",
    .no_latency = true,
};

int main(int argc, char **argv)
{
    return bench_main(&suite, argc, argv);
}

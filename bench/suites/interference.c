/* SPDX-License-Identifier: MIT
 *
 * interference.c - how long does an update take while the registry is scraped?
 *
 * A counter and a histogram of a registry with 2404 lines, scraped 0, 1, 10 and
 * 100 times a second by another thread. Most updates meet no scrape, so the
 * answer is in the latencies and their percentiles, not in the medians.
 */
#include "suite.h"

static const struct bench_suite suite = {
    .name = "interference",
    .floor = "empty",
    .baseline = "counter-0",
    .threads = "1",
    .trial_ms = 500,
    .latency_ms = 2500,
    .rounds = 20,
    .heat = true,
};

int main(int argc, char **argv)
{
    return bench_main(&suite, argc, argv);
}

/* SPDX-License-Identifier: MIT
 *
 * ask.c - three trials of a peer, without a run around them
 *
 *     ask COMMAND
 */
#include <inttypes.h>
#include <stdio.h>

#include "peer.h"

int main(int argc, char **argv)
{
    const struct bench_design stub = {
        .name = "stub", .command = argc > 1 ? argv[1] : "", .operation = "inc"};
    struct bench_trial_plan plan = {.design = &stub, .threads = 1};
    struct bench_trial all = {0}, t;
    struct bench_cpus cpus;

    bench_cpus_read(&cpus);
    for (int i = 0; i < 3; i++) {
        bench_trial_run(&plan, &cpus, &t);
        all.updates += t.updates;
        all.window_ns += t.window_ns;
    }
    printf("3 trials: %" PRIu64 " updates in %" PRIu64 " ns\n", all.updates,
           all.window_ns);
    return 0;
}

/* SPDX-License-Identifier: MIT
 *
 * hidden.c - the graded tests of lab 07 that a student does not see
 */
#include "judge/judge.h"

#define SUITE hidden

GRADED(many_waves, 3, "No update is lost.",
       .hint = "Threads that begin take over slots, of more than one thread.",
       .threads = true, .schedules = "three_threads counters_beside_each_other")
{
    double waves = 2 * (double)unforeseen(8, 12), out[2] = {0};

    scenario("counts_of_waves", (double[]){waves, 8, 10}, 3, out, 2);
    expect_double("the value after all threads have ended", out[0],
                  waves / 2 * 60);
    expect_double("the value of the other counter", out[1], waves / 2 * 60);
}

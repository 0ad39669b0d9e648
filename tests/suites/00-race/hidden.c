/* SPDX-License-Identifier: MIT
 *
 * hidden.c - the graded tests of lab 00 that a student does not see
 */
#include "judge/judge.h"

#define SUITE hidden

GRADED(
    a_total_is_never_torn, 4,
    "Returns the sum of all that was added before this call, and perhaps of "
    "some that is being added during it.",
    .hint = "total runs beside add: it needs the same protection.",
    .threads = true,
    .schedules = "total_while_adding no_amount_is_lost no_amount_is_lost_twice")
{
    /* two threads add only positive amounts: what a third reads never falls */
    double rounds = (double)unforeseen(3500, 4500), out[2];

    scenario("tally_read_beside_adds", (double[]){2, rounds}, 2, out, 2);
    EXPECT(out[0] == 0, "the totals that one thread reads never fall",
           "they fell %g times", out[0]);
    EXPECT(out[1] == 2 * rounds, "no amount is lost beside a reader",
           "the total is %g after %g calls", out[1], 2 * rounds);
}

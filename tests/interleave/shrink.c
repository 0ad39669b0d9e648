/* SPDX-License-Identifier: MIT
 *
 * shrink.c - of all executions that fail so, the simplest
 *
 * The search stops at the first failure, which may hide its cause among
 * needless switches. So small searches follow, with no preemption, one, two,
 * ..., and in each no older value, one, two; the first that fails with the
 * same verdict wins, and in it the execution with the fewest steps.
 */
#include "state.h"

enum { MOST = 4, TRIES = 2000 };

static bool try(const struct il_scenario *s, struct result *r, int preempt,
                int stale)
{
    struct result small;
    struct options o = il_o;
    o.strategy = DFS;
    o.reduce = false;
    o.keep_going = true;
    o.preempt = preempt;
    o.stale_reads = stale;
    o.max = TRIES;
    il_search(s, &o, &small);
    if (small.verdict != r->verdict)
        return false;
    r->preemptions = small.preemptions;
    r->stale = small.stale;
    r->steps = small.steps;
    for (size_t i = 0; i < sizeof r->token; i++)
        r->token[i] = small.token[i];
    return true;
}

void il_shrink(const struct il_scenario *s, struct result *r)
{
    struct options o = il_o;
    bool done = false;
    for (int p = 0; !done && p <= MOST; p++)
        for (int v = 0; !done && v <= (o.weak ? MOST : 0); v++) {
            if (p > r->preemptions || (p == r->preemptions && v > r->stale))
                return;
            il_o = o;
            done = try(s, r, p, v);
        }
    il_o = o;
}

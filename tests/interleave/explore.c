/* SPDX-License-Identifier: MIT
 *
 * explore.c - the searches of one scenario
 *
 * By default (AUTO) a scenario is first searched completely, leaving out what
 * is equal to something else. When that would take too many executions, it is
 * searched within bounds: at most two preemptions and two older values. When
 * that is too much as well, the verdict is inconclusive.
 */
#include "state.h"
#include <stdio.h>
#include <string.h>

/* MUCH: steps that an execution has on average when a search is given up
 * before its number of executions: a retry that never ends makes long ones. */
enum { RESTARTS = 256, MUCH = 100 };

static const struct strategy *strategy_of(enum strategy_name name)
{
    return name == RANDOM   ? &il_random
           : name == PCT    ? &il_pct
           : name == REPLAY ? &il_replay
                            : &il_dfs;
}

static void record(struct result *r)
{
    r->verdict = il_w.verdict;
    snprintf(r->sentence, sizeof r->sentence, "%s", il_w.sentence);
    snprintf(r->expected, sizeof r->expected, "%s", il_w.expected);
    snprintf(r->got, sizeof r->got, "%s", il_w.got);
    r->preemptions = il_w.preemptions;
    r->stale = il_w.stale;
    r->steps = il_w.nevents;
    il_token_write(r->token, sizeof r->token);
}

static bool better(const struct result *r)
{
    return r->verdict == PASSED || il_w.nevents < r->steps;
}

static void restart(struct result *r)
{
    il_strategy->start();
    il_outcomes_reset();
    il_s.cut = false;
    il_s.steps = 0;
    memset(r, 0, sizeof *r);
}

static bool too_many(const struct result *r, const struct options *o)
{
    return r->executions >= o->max || il_s.steps >= o->max * MUCH;
}

/* No execution came to its end: there is nothing that could have passed. */
static void refuse_the_empty(struct result *r)
{
    if (r->verdict != PASSED || r->skipped == 0 ||
        r->skipped < r->executions - r->blocked)
        return;
    il_w.verdict = ASSERTION;
    il_expected("%s", "what the scenario needs can be made");
    il_got("%s",
           "each of its executions ended early: a call returned an error");
    record(r);
}

static void describe(struct result *r, const struct options *o)
{
    refuse_the_empty(r);
    r->strategy = o->strategy;
    r->reduced = o->reduce;
    r->preempt_bound = o->preempt;
    r->stale_bound = o->stale_reads;
    r->cut = il_s.cut;
    if (r->verdict == PASSED && !r->finished && o->strategy == DFS) {
        r->verdict = INCONCLUSIVE;
        if (r->executions >= o->max)
            snprintf(r->sentence, sizeof r->sentence,
                     "more than %ld executions within the bounds", o->max);
        else
            snprintf(r->sentence, sizeof r->sentence,
                     "%ld executions have %ld steps, and there are more",
                     r->executions, il_s.steps);
    }
}

void il_search(const struct il_scenario *s, const struct options *o,
               struct result *r)
{
    int restarts = 0;
    il_o = *o;
    il_strategy = strategy_of(o->strategy);
    restart(r);
    for (;;) {
        il_strategy->begin();
        il_s.learned = false;
        il_execute(s);
        if (il_s.learned && restarts++ < RESTARTS &&
            (o->strategy == DFS || o->strategy == REPLAY)) {
            restart(r);
            continue;
        }
        r->executions++;
        r->blocked += il_w.aborted;
        r->skipped += il_w.skipped;
        il_s.steps += il_w.steps;
        if (il_w.verdict != PASSED && better(r))
            record(r);
        if (il_w.verdict != PASSED && !o->keep_going)
            break;
        if (!il_strategy->next()) {
            r->finished = true;
            break;
        }
        if (too_many(r, o)) {
            il_s.cut = true;
            break;
        }
    }
    r->strayed = o->strategy == REPLAY && !il_token_fits();
    describe(r, o);
}

static void search_auto(const struct il_scenario *s, struct result *r)
{
    struct options o = il_o, all = o, some = o;
    all.strategy = some.strategy = DFS;
    all.preempt = all.stale_reads = NO_BOUND;
    all.reduce = true;
    il_search(s, &all, r);
    if (r->finished || (r->verdict != PASSED && !too_many(r, &o)))
        return;
    long before = r->executions;
    some.preempt = some.stale_reads = 2;
    some.reduce = false;
    il_search(s, &some, r);
    r->executions += before;
}

/* Leaves the world as the failing execution left it, for the report. */
static void show_again(const struct il_scenario *s, struct result *r,
                       const struct options *o)
{
    struct result again;
    struct options replay = *o;
    replay.strategy = REPLAY;
    replay.token = r->token;
    il_search(s, &replay, &again);
    if (again.verdict == r->verdict) {
        il_sentence_make();
        snprintf(r->sentence, sizeof r->sentence, "%s", il_w.sentence);
        snprintf(r->expected, sizeof r->expected, "%s", il_w.expected);
        snprintf(r->got, sizeof r->got, "%s", il_w.got);
        r->steps = il_w.nevents;
    } else {
        il_w.nevents = 0; /* no timeline rather than a wrong one */
    }
}

void il_explore(const struct il_scenario *s, struct result *r)
{
    struct options o = il_o;
    il_shared_reset();
    il_outcomes_reset();
    memset(&il_s, 0, sizeof il_s);
    if (o.strategy == AUTO)
        search_auto(s, r);
    else
        il_search(s, &o, r);
    if (r->verdict != PASSED && r->verdict != INCONCLUSIVE) {
        il_o = o;
        if (o.strategy != REPLAY)
            il_shrink(s, r);
        show_again(s, r, &o);
    }
    il_o = o;
}

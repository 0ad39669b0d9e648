/* SPDX-License-Identifier: MIT
 *
 * report.c - a verdict as text: what is wrong, how it comes about, how sure
 */
#include "state.h"
#include <stdio.h>
#include <string.h>

enum { LINES = 100 };

extern const char il_foreign[], il_note[];

static void list_item(const char *text)
{
    printf("      not modelled: %s\n", text);
}

static void outcome(const char *text, long count)
{
    printf("      outcome  %-24s %ld\n", text, count);
}

/* What this program did that the model does not follow in full. */
void il_not_modelled(void (*each)(const char *text))
{
    static const char *const known[FOREIGN_COUNT] = {
        "a loop that tries again does so only when what it read has changed",
        "a wait with a time limit ends early only when nothing else can run",
        "a condition variable does not wake anybody without a signal"};
    char text[TEXT];
    for (int i = 0; i < FOREIGN_COUNT; i++)
        if (il_s.foreign >> i & 1)
            each(known[i]);
    if (il_foreign[0]) {
        snprintf(text, sizeof text, "calls of %.200s", il_foreign);
        each(text);
    }
    if (il_note[0])
        each(il_note);
}

static void bound(char *out, size_t size, int n)
{
    if (n >= NO_BOUND)
        snprintf(out, size, "any number of");
    else
        snprintf(out, size, "at most %d", n);
}

static void how_sure(const struct result *r)
{
    char p[24], s[24];
    bound(p, sizeof p, r->preempt_bound);
    bound(s, sizeof s, r->stale_bound);
    if (r->strategy == REPLAY)
        printf("      one execution was run again, no other\n");
    else if (r->strategy == RANDOM || r->strategy == PCT)
        printf("      %ld executions taken at random, not all\n",
               r->executions);
    else if (r->finished && !r->cut)
        printf("      complete: %ld execution%s for all "
               "(%ld of them given up as not new)\n",
               r->executions, r->executions == 1 ? " stands" : "s stand",
               r->blocked);
    else
        printf("      not complete: %ld executions with %s preemptions and "
               "%s older values\n",
               r->executions, p, s);
    if (!il_o.weak)
        printf("      under sequential consistency only\n");
}

static const char *ending(long n)
{
    return n == 1 ? "" : "s";
}

static void again(const struct il_scenario *s, const struct result *r)
{
    if (il_o.again)
        printf("      again     %s SCENARIO=%s TOKEN=%s\n", il_o.again, s->name,
               r->token);
    else
        printf("      again     --replay %s\n", r->token);
}

static void how_found(const struct result *r)
{
    printf("      found in %ld execution%s; shown with %d preemption%s and %d "
           "older value%s\n",
           r->executions, ending(r->executions), r->preemptions,
           ending(r->preemptions), r->stale, ending(r->stale));
}

static void failure(const struct il_scenario *s, const struct result *r)
{
    static char lines[LINES][200];
    int n = il_timeline(lines, LINES);
    if (r->sentence[0])
        printf("      %s.\n", r->sentence);
    if (n > 0)
        printf("\n");
    for (int i = 0; i < n; i++)
        printf("      %s\n", lines[i]);
    printf("\n      expected  %s\n      got       %s\n", r->expected, r->got);
    again(s, r);
    if (r->strategy != REPLAY)
        how_found(r);
}

void il_report(const struct il_scenario *s, const struct result *r)
{
    bool failed = r->verdict != PASSED && r->verdict != INCONCLUSIVE;
    if (r->strayed)
        printf("The token %s does not fit this program.\nWas it changed after "
               "the token was made? This is another order of its steps.\n\n",
               il_o.token);
    if (il_o.quiet && !failed)
        return;
    printf("%s  %s: %s\n",
           failed                       ? "FAIL"
           : r->verdict == INCONCLUSIVE ? "????"
                                        : "pass",
           s->name, il_verdict_names[r->verdict]);
    if (s->says)
        printf("      \"%s\"\n", s->says);
    if (failed)
        failure(s, r);
    else if (r->verdict == INCONCLUSIVE)
        printf("      because: %s\n", r->sentence);
    if (!failed)
        how_sure(r);
    il_not_modelled(list_item);
    if (!failed)
        il_outcomes(outcome);
    printf("\n");
    fflush(stdout);
}

/* SPDX-License-Identifier: MIT
 *
 * json.c - a verdict for other programs: one object a scenario, a line each
 *
 * {"scenario", "says", "verdict", "sentence", "expected", "got", "timeline":
 * [lines], "token", "executions", "blocked", "complete": true|false,
 * "strategy", "model", "bounds": {"preemptions", "older_values"} (null: none),
 * "preemptions", "older_values", "not_modelled": [sentences],
 * "outcomes": {text: count}}
 */
#include "state.h"
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { LINES = 100 };

static FILE *out;
static bool first;

static void string(const char *s)
{
    putc('"', out);
    for (; *s; s++) {
        unsigned char c = (unsigned char)*s;
        if (c == '"' || c == '\\')
            fprintf(out, "\\%c", c);
        else if (c < 0x20)
            fprintf(out, "\\u%04x", c);
        else
            putc(c, out);
    }
    putc('"', out);
}

static void key(const char *name)
{
    if (!first)
        putc(',', out);
    first = false;
    string(name);
    putc(':', out);
}

static void text(const char *name, const char *value)
{
    key(name);
    string(value);
}

static void whole(const char *name, long value)
{
    key(name);
    fprintf(out, "%ld", value);
}

static void limit(const char *name, int value)
{
    key(name);
    if (value >= NO_BOUND)
        fprintf(out, "null");
    else
        fprintf(out, "%d", value);
}

static void item(const char *s)
{
    if (!first)
        putc(',', out);
    first = false;
    string(s);
}

static void outcome(const char *s, long count)
{
    key(s);
    fprintf(out, "%ld", count);
}

static void timeline(bool failed)
{
    static char lines[LINES][200];
    int n = failed ? il_timeline(lines, LINES) : 0;
    key("timeline");
    putc('[', out);
    first = true;
    for (int i = 0; i < n; i++)
        item(lines[i]);
    putc(']', out);
    first = false;
}

static void lists(void)
{
    key("not_modelled");
    putc('[', out);
    first = true;
    il_not_modelled(item);
    putc(']', out);
    first = false;
    key("outcomes");
    putc('{', out);
    first = true;
    il_outcomes(outcome);
    putc('}', out);
    first = false;
}

static void bounds(const struct result *r)
{
    key("bounds");
    putc('{', out);
    first = true;
    limit("preemptions", r->preempt_bound);
    limit("older_values", r->stale_bound);
    putc('}', out);
    first = false;
}

void il_json(const struct il_scenario *s, const struct result *r)
{
    static const char *const strategies[] = {"dfs", "random", "pct", "replay",
                                             "auto"};
    bool failed = r->verdict != PASSED && r->verdict != INCONCLUSIVE;
    if (!out)
        out = fdopen(dup(il_o.json), "w");
    if (!out) {
        perror("explorer: --json");
        exit(2);
    }
    putc('{', out);
    first = true;
    text("scenario", s->name);
    text("says", s->says ? s->says : "");
    text("verdict", il_verdict_names[r->verdict]);
    text("sentence", r->sentence);
    text("expected", r->expected);
    text("got", r->got);
    timeline(failed);
    text("token", r->token);
    whole("executions", r->executions);
    whole("blocked", r->blocked);
    key("complete");
    fputs(!failed && r->finished && !r->cut ? "true" : "false", out);
    text("strategy", strategies[r->strategy]);
    text("model", il_o.weak ? "weak" : "sc");
    bounds(r);
    whole("preemptions", r->preemptions);
    whole("older_values", r->stale);
    lists();
    fputs("}\n", out);
    fflush(out);
}

/* SPDX-License-Identifier: MIT
 *
 * main.c - the command line of an explorer
 */
#include "state.h"
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "usage: explorer [option]... [scenario]...\n"
    "  --list             name the scenarios\n"
    "  --model sc|weak    sequential consistency, or RC11 (default: weak)\n"
    "  --strategy NAME    auto, dfs, random or pct (default: auto: complete,\n"
    "                     or within 2 preemptions and 2 older values)\n"
    "  --preempt N|none   dfs: how often a thread is stopped (default: 2)\n"
    "  --stale N|none     dfs: how many older values are read (default: 2)\n"
    "  --max N            executions (default: 20000)\n"
    "  --seed N           of random and pct (default: 1)\n"
    "  --depth N          of pct (default: 3)\n"
    "  --plain            plain accesses are steps, races are no verdict\n"
    "  --replay TOKEN     run one execution again\n"
    "  --again COMMAND    shown as the way to run one again; SCENARIO= and\n"
    "                     TOKEN= follow it (default: --replay)\n"
    "  --json FD          write one JSON object a scenario\n"
    "  --spoken           timelines as a sentence a step, without columns\n"
    "  --quiet            no text but failures\n";

enum {
    O_LIST = 256,
    O_MODEL,
    O_STRATEGY,
    O_PREEMPT,
    O_STALE,
    O_MAX,
    O_SEED,
    O_DEPTH,
    O_PLAIN,
    O_REPLAY,
    O_AGAIN,
    O_JSON,
    O_SPOKEN,
    O_QUIET,
    O_HELP
};

static const struct option names[] = {
    {"list", no_argument, NULL, O_LIST},
    {"model", required_argument, NULL, O_MODEL},
    {"strategy", required_argument, NULL, O_STRATEGY},
    {"preempt", required_argument, NULL, O_PREEMPT},
    {"stale", required_argument, NULL, O_STALE},
    {"max", required_argument, NULL, O_MAX},
    {"seed", required_argument, NULL, O_SEED},
    {"depth", required_argument, NULL, O_DEPTH},
    {"plain", no_argument, NULL, O_PLAIN},
    {"replay", required_argument, NULL, O_REPLAY},
    {"again", required_argument, NULL, O_AGAIN},
    {"json", required_argument, NULL, O_JSON},
    {"spoken", no_argument, NULL, O_SPOKEN},
    {"quiet", no_argument, NULL, O_QUIET},
    {"help", no_argument, NULL, O_HELP},
    {NULL, 0, NULL, 0},
};

static void refuse(const char *what, const char *value)
{
    fprintf(stderr, "explorer: %s: %s\n%s", what, value, usage);
    exit(2);
}

static long number(const char *text, const char *what)
{
    char *end;
    long n = strtol(text, &end, 10);
    if (end == text || *end || n < 0)
        refuse(what, text);
    return n;
}

static int bound(const char *text, const char *what)
{
    if (!strcmp(text, "none"))
        return NO_BOUND;
    long n = number(text, what);
    return n < NO_BOUND ? (int)n : NO_BOUND;
}

static enum strategy_name strategy(const char *text)
{
    static const char *const known[] = {"dfs", "random", "pct", "replay",
                                        "auto"};
    for (int i = 0; i < 5; i++)
        if (i != REPLAY && !strcmp(text, known[i]))
            return (enum strategy_name)i;
    refuse("no such strategy", text);
    return AUTO;
}

static bool model(const char *text)
{
    if (strcmp(text, "weak") && strcmp(text, "sc"))
        refuse("no such model", text);
    return text[0] == 'w';
}

/* All scenarios, in a row. */
enum { SCENARIOS = 256 };
static const struct il_scenario *all[SCENARIOS];
static int all_count;

static void gather(const struct il_scenario *s)
{
    for (; s->name || s->others; s++)
        if (!s->name)
            gather(s->others);
        else if (all_count < SCENARIOS)
            all[all_count++] = s;
        else
            refuse("too many scenarios", s->name);
}

static void list(void)
{
    for (int i = 0; i < all_count; i++)
        printf("%-24s %s\n", all[i]->name, all[i]->says ? all[i]->says : "");
    exit(0);
}

static void set(int option, const char *value)
{
    switch (option) {
    case O_LIST: list(); break;
    case O_MODEL: il_o.weak = model(value); break;
    case O_STRATEGY: il_o.strategy = strategy(value); break;
    case O_PREEMPT: il_o.preempt = bound(value, "not a bound"); break;
    case O_STALE: il_o.stale_reads = bound(value, "not a bound"); break;
    case O_MAX: il_o.max = number(value, "not a number"); break;
    case O_SEED:
        il_o.seed = (unsigned long long)number(value, "not a seed");
        break;
    case O_DEPTH: il_o.depth = (int)number(value, "not a depth"); break;
    case O_PLAIN: il_o.plain = true; break;
    case O_SPOKEN: il_o.spoken = true; break;
    case O_REPLAY:
        il_o.token = value;
        il_o.strategy = REPLAY;
        break;
    case O_AGAIN: il_o.again = value; break;
    case O_JSON: il_o.json = (int)number(value, "not a descriptor"); break;
    case O_QUIET: il_o.quiet = true; break;
    case O_HELP: fputs(usage, stdout); exit(0);
    default: fputs(usage, stderr); exit(2);
    }
}

static bool chosen(const char *name, char **wanted, int n)
{
    for (int i = 0; i < n; i++)
        if (!strcmp(name, wanted[i]))
            return true;
    return n == 0;
}

static void refuse_scenario(const char *name)
{
    fprintf(stderr, "explorer: there is no scenario %s. There are:\n", name);
    for (int i = 0; i < all_count; i++)
        fprintf(stderr, "  %s\n", all[i]->name);
    exit(2);
}

static void check_names(char **wanted, int n)
{
    for (int i = 0; i < n; i++) {
        int k = 0;
        while (k < all_count && strcmp(all[k]->name, wanted[i]))
            k++;
        if (k == all_count)
            refuse_scenario(wanted[i]);
    }
}

/* 0: all passed; 1: a failure; 2: wrong use; 3: nothing worse than
 * inconclusive. */
int main(int argc, char **argv)
{
    int failed = 0, open = 0, option;
    il_o = (struct options){.strategy = AUTO,
                            .weak = true,
                            .preempt = 2,
                            .stale_reads = 2,
                            .max = 20000,
                            .seed = 1,
                            .depth = 3,
                            .json = -1};
    gather(il_scenarios);
    while ((option = getopt_long(argc, argv, "", names, NULL)) != -1)
        set(option, optarg);
    if (il_o.strategy == DFS && il_o.preempt == NO_BOUND)
        il_o.reduce = true;
    check_names(argv + optind, argc - optind);
    il_sections_init();
    il_heap_init();
    il_fibres_init();
    il_signals_init();
    for (int i = 0; i < all_count; i++) {
        const struct il_scenario *s = all[i];
        struct result r;
        if (!chosen(s->name, argv + optind, argc - optind))
            continue;
        il_explore(s, &r);
        il_report(s, &r);
        if (il_o.json >= 0)
            il_json(s, &r);
        open += r.verdict == INCONCLUSIVE;
        failed += r.verdict != PASSED && r.verdict != INCONCLUSIVE;
    }
    return failed ? 1 : open ? 3 : 0;
}

/* SPDX-License-Identifier: MIT
 *
 * options.c - see options.h
 */
#include "options.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "fail.h"

static const char usage[] =
    "Measures the designs of a suite and writes the results to a folder.\n"
    "\n"
    "  --designs DIR    the folder of built designs (needed)\n"
    "  --out DIR        the folder for the results (needed)\n"
    "  --impl FILE      a built implementation, as one more row; repeatable\n"
    "  --only A,B       only these designs, the empty loop and the baseline\n"
    "  --threads 1,2    only these numbers of threads\n"
    "  --quick          within a minute, with wider intervals\n"
    "  --try            a few ms a row: whether all works and counts right\n"
    "  --aa             each design against itself: how far to trust the rest\n"
    "  --seed N         repeat the order of trials of another run\n"
    "  --commit TEXT    the version of the sources, for meta.json\n"
    "\n"
    "Exit status: 0 done; 1 done, but a design counted wrong; 2 not done.\n";

enum { OPT_PROCESS = 256, OPT_BATCH, OPT_TRY };

static const struct option known[] = {
    {"designs", required_argument, NULL, 'd'},
    {"out", required_argument, NULL, 'o'},
    {"impl", required_argument, NULL, 'i'},
    {"only", required_argument, NULL, 'y'},
    {"threads", required_argument, NULL, 't'},
    {"quick", no_argument, NULL, 'q'},
    {"try", no_argument, NULL, OPT_TRY},
    {"aa", no_argument, NULL, 'a'},
    {"seed", required_argument, NULL, 's'},
    {"commit", required_argument, NULL, 'c'},
    {"help", no_argument, NULL, 'h'},
    {"process", required_argument, NULL, OPT_PROCESS},
    {"batch", required_argument, NULL, OPT_BATCH},
    {0},
};

static uint64_t number(const char *text)
{
    char *end;
    unsigned long long n;

    errno = 0;
    n = strtoull(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0' || *text == '-')
        bench_fail("not a number: '%s'", text);
    return n;
}

static void take(struct bench_options *o, int option)
{
    switch (option) {
    case 'd': o->designs = optarg; break;
    case 'o': o->out = optarg; break;
    case 'y': o->only = optarg; break;
    case 't': o->threads = optarg; break;
    case 'q': o->quick = true; break;
    case OPT_TRY: o->quick = o->try_only = true; break;
    case 'a': o->aa = true; break;
    case 's': o->seed = number(optarg); break;
    case 'c': o->commit = optarg; break;
    case OPT_PROCESS: o->process = (int)number(optarg); break;
    case OPT_BATCH: o->batch = number(optarg); break;
    case 'i':
        if (o->n_impls == BENCH_MAX_IMPLS)
            bench_fail("more than %d implementations", BENCH_MAX_IMPLS);
        o->impls[o->n_impls++] = optarg;
        break;
    case 'h': fputs(usage, stdout); exit(0);
    default: bench_fail("see --help");
    }
}

void bench_options_read(struct bench_options *o, int argc, char **argv)
{
    int option;

    *o = (struct bench_options){.process = -1, .commit = "unknown"};
    o->seed = bench_now_ns() % 1000000;
    while ((option = getopt_long(argc, argv, "", known, NULL)) != -1)
        take(o, option);
    if (optind < argc)
        bench_fail("does not belong here: '%s'; see --help", argv[optind]);
    if (o->designs == NULL || o->out == NULL)
        bench_fail("--designs and --out are needed; see --help");
}

bool bench_list_has(const char *list, const char *word)
{
    size_t n = strlen(word);

    while (list != NULL) {
        if (strncmp(list, word, n) == 0 && (list[n] == ',' || list[n] == '\0'))
            return true;
        list = strchr(list, ',');
        if (list == NULL)
            return false;
        list++;
    }
    return true;
}

/* SPDX-License-Identifier: MIT
 *
 * hammer.c - threads hammer a counter design that a key picks, live
 *
 *     hammer --designs build/bench/counter [--threads N] [--seconds N]
 *            [--port N --page URL] [--timeline FILE]
 *
 * One trial of the harness after another, each of a fifth of a second: so what
 * stands here is measured as in the suite counter, and a sum is compared with
 * what was added. Another design begins with the next trial. A key of the list
 * picks it; q, and the end of --seconds, end all. Where standard output is no
 * terminal there is a line a second instead of a table.
 *
 * With --port, /metrics there has the same numbers (metrics.h).
 */
#include <getopt.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "clock.h"
#include "cpus.h"
#include "fail.h"
#include "load.h"
#include "metrics.h"
#include "rows.h"
#include "screen.h"
#include "trial.h"

#define MS 1000000ull
#define SECOND (1000 * MS)

enum { TRIAL_MS = 200, WARM_MS = 2, BATCH = 1024, MOST_THREADS = 64 };

struct options {
    const char *designs, *timeline, *page;
    long threads, seconds, port;
};

static volatile sig_atomic_t ended;

static void end(int sig)
{
    (void)sig;
    ended = 1;
}

static long number(const char *name, const char *text, long most)
{
    char *rest;
    long n = strtol(text, &rest, 10);

    if (rest == text || *rest != '\0' || n < 1 || n > most)
        bench_fail("--%s is a number from 1 to %ld, not '%s'", name, most,
                   text);
    return n;
}

static void read_options(int argc, char **argv, struct options *o)
{
    static const struct option known[] = {
        {"designs", required_argument, NULL, 'd'},
        {"threads", required_argument, NULL, 't'},
        {"seconds", required_argument, NULL, 's'},
        {"port", required_argument, NULL, 'p'},
        {"page", required_argument, NULL, 'u'},
        {"timeline", required_argument, NULL, 'l'},
        {0}};

    *o = (struct options){0};
    for (int c; (c = getopt_long(argc, argv, "", known, NULL)) != -1;) {
        switch (c) {
        case 'd': o->designs = optarg; break;
        case 't': o->threads = number("threads", optarg, MOST_THREADS); break;
        case 's': o->seconds = number("seconds", optarg, 86400); break;
        case 'p': o->port = number("port", optarg, 65535); break;
        case 'u': o->page = optarg; break;
        case 'l': o->timeline = optarg; break;
        default: bench_fail("see the head of bench/live/hammer.c");
        }
    }
    if (!o->designs || optind < argc)
        bench_fail("--designs is needed, and nothing but options");
}

/* What was typed since the last trial: the last design of it, or quit. */
static void read_keys(struct rows *rows, bool *keys)
{
    struct pollfd p = {.fd = STDIN_FILENO, .events = POLLIN};
    char key;

    while (*keys && poll(&p, 1, 0) > 0) {
        if (read(STDIN_FILENO, &key, 1) != 1)
            *keys = false; /* the end of a file or pipe */
        else if (key == 'q')
            ended = 1;
        else
            rows_pick(rows, key);
    }
}

static void measure(struct row *row, const struct options *o,
                    const struct bench_cpus *cpus)
{
    struct bench_trial_plan plan = {.design = row->design,
                                    .threads = (int)o->threads,
                                    .batch = BATCH,
                                    .warm_ns = WARM_MS * MS,
                                    .measure_ns = TRIAL_MS * MS};
    struct bench_trial t;

    bench_trial_run(&plan, cpus, &t);
    if (t.failed)
        bench_fail("%s cannot be begun", row->design->name);
    row->per_second =
        t.window_ns ? 1e9 * (double)t.updates / (double)t.window_ns : 0;
    row->lost = bench_trial_lost(&t);
    row->wrong = !bench_trial_sum_ok(&t, row->design->sum_kind);
    row->seen = true;
}

static void run(struct rows *rows, const struct options *o,
                const struct bench_cpus *cpus)
{
    uint64_t begin = bench_now_ns();
    bool keys = true;

    while (!ended) {
        read_keys(rows, &keys);
        if (ended)
            break;
        measure(&rows->row[rows->picked], o, cpus);
        metrics_set(rows);
        screen_show(rows);
        if (o->seconds &&
            bench_now_ns() - begin >= (uint64_t)o->seconds * SECOND)
            ended = 1;
    }
}

int main(int argc, char **argv)
{
    static struct rows rows;
    struct bench_cpus cpus;
    struct options o;

    read_options(argc, argv, &o);
    bench_cpus_read(&cpus);
    if (!o.threads)
        o.threads = cpus.count < 2 ? 2 : cpus.count;
    if (o.threads > MOST_THREADS)
        o.threads = MOST_THREADS;
    rows_load(&rows, o.designs);
    if (o.port)
        metrics_start(&rows, (uint16_t)o.port, (int)o.threads);
    signal(SIGINT, end);
    signal(SIGTERM, end);
    signal(SIGHUP, end);
    screen_start(&(struct screen_head){.threads = (int)o.threads,
                                       .cpus = cpus.count,
                                       .page = o.page,
                                       .timeline = o.timeline});
    run(&rows, &o, &cpus);
    screen_end();
    metrics_stop();
    return 0;
}

/* SPDX-License-Identifier: MIT
 *
 * bench-open-loop - latency of servers that are asked on a schedule
 *
 *     bench-open-loop [-n ROUNDS] [-s SECONDS] [-r RATE] OUT NAME URL...
 *
 * There are two loads:
 *
 *     same   all servers half as many as the slowest can send
 *     own    each server 0.7 of what it can send itself
 *
 * or, with -r, one load of so many a second. How many pages a second a server can
 * send to this client a closed loop finds out: for `same` once, before all, and
 * for `own` just before the server is asked, since machines change their speed.
 *
 * In each round each server is asked with each load for SECONDS (3), and the
 * order moves on by one. Only one server is asked at a time.
 *
 * OUT/open-loop.csv and OUT/latency-LOAD-NAME-FROM.hgrm: see bench/README.md.
 * Exit: 0 measured; 2 not, with a sentence.
 */
#include <curl/curl.h>
#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "asker.h"
#include "fail.h"
#include "tables.h"

#define SAME_SHARE 0.5
#define OWN_SHARE 0.7
#define LEAST_REQUESTS 10

struct run {
    struct bench_open_loop tables;
    struct bench_asker *asker[BENCH_SERVERS];
    double seconds;
    double capacity; /* of the slowest, or the rate that was given */
    double share[BENCH_LOADS];
    int own; /* which load is a share of each server's own; -1: none */
    int rounds;
};

static void progress(const char *what, int i, int n)
{
    if (isatty(STDERR_FILENO))
        fprintf(stderr, "\r\033[K%s: %d of %d ", what, i, n);
}

static void progress_end(void)
{
    if (isatty(STDERR_FILENO))
        fputs("\r\033[K", stderr);
}

static _Noreturn void usage(void)
{
    bench_fail("usage: bench-open-loop [-n ROUNDS] [-s SECONDS] [-r RATE] OUT "
               "NAME URL [NAME URL]... (at most %d servers)",
               BENCH_SERVERS);
}

static double number(const char *text, double least, double most)
{
    char *end;
    double x = strtod(text, &end);

    if (end == text || *end != '\0' || !(x >= least && x <= most))
        bench_fail("'%s' is no number from %g to %g", text, least, most);
    return x;
}

static void read_options(struct run *r, int argc, char **argv)
{
    int option;

    r->rounds = 15;
    r->seconds = 3;
    while ((option = getopt(argc, argv, "n:s:r:")) != -1) {
        if (option == 'n')
            r->rounds = (int)number(optarg, 1, 1000);
        else if (option == 's')
            r->seconds = number(optarg, 0.01, 3600);
        else if (option == 'r')
            r->capacity = number(optarg, 0.01, 1e6);
        else
            usage();
    }
    if (argc - optind < 3 || (argc - optind) % 2 == 0 ||
        (argc - optind) / 2 > BENCH_SERVERS)
        usage();
    r->tables.out = argv[optind++];
    for (; optind < argc; optind += 2) {
        int s = r->tables.servers++;

        r->tables.name[s] = argv[optind];
        r->asker[s] = bench_asker_new(argv[optind], argv[optind + 1]);
    }
}

/* Pages a second that the slowest server can send. */
static double slowest(const struct run *r)
{
    double least = INFINITY;

    for (int s = 0; s < r->tables.servers; s++) {
        progress("what each server can send", s + 1, r->tables.servers);
        least = fmin(least, bench_asker_capacity(r->asker[s], r->seconds));
    }
    progress_end();
    return least;
}

static void add_load(struct run *r, const char *name, double share)
{
    r->share[r->tables.loads] = share;
    bench_open_loop_load(&r->tables, name);
}

static void choose_loads(struct run *r)
{
    r->own = -1;
    if (r->capacity > 0) {
        add_load(r, "given", 1);
        return;
    }
    r->capacity = slowest(r);
    add_load(r, "same", SAME_SHARE);
    r->own = r->tables.loads;
    add_load(r, "own", OWN_SHARE);
}

/* One server in one round: its times are told, and kept for all rounds. */
static void one(struct run *r, int load, int server, int round)
{
    struct bench_asker *a = r->asker[server];
    double capacity =
        load == r->own ? bench_asker_capacity(a, r->seconds / 2) : r->capacity;
    double rate = r->share[load] * capacity;
    double requests = fmax(rate * r->seconds, LEAST_REQUESTS);

    bench_asker_schedule(a, rate, (uint64_t)requests,
                         bench_open_loop_round(&r->tables));
    bench_open_loop_said(&r->tables, load, server, round, rate, capacity);
}

static void rounds(struct run *r)
{
    int n = r->tables.servers;

    for (int round = 0; round < r->rounds; round++) {
        progress("open loop: round", round + 1, r->rounds);
        for (int load = 0; load < r->tables.loads; load++)
            for (int i = 0; i < n; i++)
                one(r, load, (round + i) % n, round + 1);
    }
    progress_end();
}

int main(int argc, char **argv)
{
    struct run r = {0};

    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        bench_fail("libcurl cannot be started");
    read_options(&r, argc, argv);
    bench_open_loop_begin(&r.tables);
    choose_loads(&r);
    rounds(&r);
    bench_open_loop_end(&r.tables);
    for (int s = 0; s < r.tables.servers; s++)
        bench_asker_free(r.asker[s]);
    curl_global_cleanup();
}

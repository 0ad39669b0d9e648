/* SPDX-License-Identifier: MIT
 *
 * bench-open-loop - latency of servers that are asked on a schedule
 *
 *     bench-open-loop [-n ROUNDS] [-s SECONDS] [-r RATE] OUT NAME URL...
 *
 * First each server is asked in a closed loop: how many pages a second can it
 * send to this client? From that come two loads:
 *
 *     same   all servers half as many as the slowest can send
 *     own    each server 0.8 of what it can send itself
 *
 * or, with -r, one load of so many a second. Then rounds: with each load each
 * server is asked for SECONDS (3), and the order moves on by one. Only one server
 * is asked at a time.
 *
 * OUT/open-loop.csv and OUT/latency-LOAD-NAME-FROM.hgrm: see bench/README.md.
 * Exit: 0 measured; 2 not, with a sentence.
 */
#include <curl/curl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "asker.h"
#include "fail.h"
#include "tables.h"

#define SAME_SHARE 0.5
#define OWN_SHARE 0.8
#define LEAST_REQUESTS 10

struct run {
    struct bench_open_loop tables;
    struct bench_asker *asker[BENCH_SERVERS];
    double capacity[BENCH_SERVERS];
    double seconds, rate;
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
            r->rate = number(optarg, 0.01, 1e6);
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

static double slowest(const struct run *r)
{
    double least = r->capacity[0];

    for (int s = 1; s < r->tables.servers; s++)
        if (r->capacity[s] < least)
            least = r->capacity[s];
    return least;
}

static void choose_loads(struct run *r)
{
    int n = r->tables.servers;

    if (r->rate > 0) {
        bench_open_loop_load(&r->tables, "given", NULL, r->rate);
        return;
    }
    for (int s = 0; s < n; s++) {
        progress("what each server can send", s + 1, n);
        r->capacity[s] = bench_asker_capacity(r->asker[s], r->seconds);
    }
    progress_end();
    bench_open_loop_load(&r->tables, "same", NULL, SAME_SHARE * slowest(r));
    bench_open_loop_load(&r->tables, "own", r->capacity, OWN_SHARE);
}

/* One server in one round: its times are told, and kept for all rounds. */
static void one(struct run *r, int load, int server, int round)
{
    double rate = r->tables.load[load].per_second[server];
    uint64_t requests = (uint64_t)(rate * r->seconds);

    if (requests < LEAST_REQUESTS)
        requests = LEAST_REQUESTS;
    bench_asker_schedule(r->asker[server], rate, requests,
                         bench_open_loop_round(&r->tables));
    bench_open_loop_said(&r->tables, load, server, round);
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

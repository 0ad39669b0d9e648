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
 * send to this client a closed loop finds out. Machines change their speed, so it
 * does so in each round: for `same` before the first is asked, for `own` just
 * before the server is.
 *
 * In each round each server is asked with each load for SECONDS (3), and the
 * order moves on by one. Only one server is asked at a time. A load has at least
 * ten requests, whatever SECONDS are.
 *
 * OUT/open-loop.csv and OUT/latency-LOAD-NAME-FROM.hgrm: see bench/README.md.
 * Exit: 0 measured; 2 not, with a sentence.
 */
#include <curl/curl.h>
#include <getopt.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "asker.h"
#include "fail.h"
#include "tables.h"

#define LEAST_REQUESTS 10

enum kind { GIVEN, SAME, OWN };

static const struct {
    const char *name;
    double share; /* of the capacity */
} kinds[] = {
    [GIVEN] = {"given", 1}, [SAME] = {"same", 0.5}, [OWN] = {"own", 0.7}};

struct run {
    struct bench_open_loop tables;
    struct bench_asker *asker[BENCH_SERVERS];
    double seconds;
    double given; /* requests a second, or 0 */
    enum kind load[BENCH_LOADS];
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

static int whole(const char *text, int least, int most)
{
    double x = number(text, least, most);

    if (x != floor(x))
        bench_fail("'%s' is no whole number", text);
    return (int)x;
}

/* Names become parts of the names of files, and words of a table. */
static void check_name(const struct bench_open_loop *t, const char *name)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
                                  "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";

    if (*name == '\0' || strlen(name) > 60 ||
        name[strspn(name, letters)] != '\0')
        bench_fail("'%s' is no name of up to 60 letters, digits, '.', '_', '-'",
                   name);
    for (int s = 0; s < t->servers; s++)
        if (strcmp(t->name[s], name) == 0)
            bench_fail("two servers are named '%s'", name);
}

static void read_options(struct run *r, int argc, char **argv)
{
    int option;

    r->rounds = 15;
    r->seconds = 3;
    while ((option = getopt(argc, argv, "n:s:r:")) != -1) {
        if (option == 'n')
            r->rounds = whole(optarg, 1, 1000);
        else if (option == 's')
            r->seconds = number(optarg, 0.01, 3600);
        else if (option == 'r')
            r->given = number(optarg, 0.01, 1e6);
        else
            usage();
    }
    if (argc - optind < 3 || (argc - optind) % 2 == 0 ||
        (argc - optind) / 2 > BENCH_SERVERS)
        usage();
    r->tables.out = argv[optind++];
    for (; optind < argc; optind += 2) {
        check_name(&r->tables, argv[optind]);
        int s = r->tables.servers++;

        r->tables.name[s] = argv[optind];
        r->asker[s] = bench_asker_new(argv[optind], argv[optind + 1]);
    }
}

/* Pages a second that a server can send now. */
static double capacity_of(const struct run *r, int server)
{
    return bench_asker_capacity(r->asker[server], r->seconds / 2);
}

static double slowest(const struct run *r)
{
    double least = INFINITY;

    for (int s = 0; s < r->tables.servers; s++)
        least = fmin(least, capacity_of(r, s));
    return least;
}

static void add_load(struct run *r, enum kind kind)
{
    r->load[r->tables.loads] = kind;
    bench_open_loop_load(&r->tables, kinds[kind].name);
}

static void choose_loads(struct run *r)
{
    if (r->given > 0) {
        add_load(r, GIVEN);
        return;
    }
    add_load(r, SAME);
    add_load(r, OWN);
}

/* One server in one round: its times are told, and kept for all rounds. */
static void one(struct run *r, int load, int server, int round, double capacity)
{
    double rate = kinds[r->load[load]].share * capacity;
    double requests = fmax(rate * r->seconds, LEAST_REQUESTS);

    bench_asker_schedule(r->asker[server], rate, (uint64_t)requests,
                         bench_open_loop_round(&r->tables));
    bench_open_loop_said(&r->tables, load, server, round, rate, capacity);
}

static void ask_all(struct run *r, int load, int round)
{
    enum kind kind = r->load[load];
    double capacity = kind == SAME ? slowest(r) : r->given;

    for (int i = 0; i < r->tables.servers; i++) {
        int server = (round - 1 + i) % r->tables.servers;

        if (kind == OWN)
            capacity = capacity_of(r, server);
        one(r, load, server, round, capacity);
    }
}

static void rounds(struct run *r)
{
    for (int round = 0; round < r->rounds; round++) {
        progress("open loop: round", round + 1, r->rounds);
        for (int load = 0; load < r->tables.loads; load++)
            ask_all(r, load, round + 1);
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
    if (fflush(stdout) != 0)
        bench_fail("the table cannot be written");
}

/* SPDX-License-Identifier: MIT
 *
 * main.c - the lesson's program: a web service with simulated visitors
 *
 *     make run LAB=08 IMPL=labs PORT=8000
 *     curl http://127.0.0.1:8000/metrics
 *
 *     --port 8000     0 takes a free one
 *     --rate 2        requests a second
 *     --seed 1        the same visitors each time
 *     --requests 0    how many; 0: until Ctrl-C
 *     --quiet         no line for each request
 *
 * Given: nothing in this file is to be changed.
 */
#include "met/error.h"
#include "met/exposition.h"
#include "met/server.h"
#include "met/service.h"
#include "traffic.h"

#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

struct options {
    long port, seed, requests;
    double rate;
    bool quiet;
};

/* A number from least to most; the program ends when it is none. */
static double number(const char *name, const char *text, double least,
                     double most)
{
    char *end;
    double v = strtod(text, &end);

    if (end == text || *end || !(v >= least && v <= most)) {
        fprintf(stderr, "--%s is a number from %g to %g, not \"%s\"\n", name,
                least, most, text);
        exit(2);
    }
    return v;
}

static void read_options(int argc, char **argv, struct options *o)
{
    static const struct option known[] = {
        {"port", required_argument, NULL, 'p'},
        {"rate", required_argument, NULL, 'r'},
        {"seed", required_argument, NULL, 's'},
        {"requests", required_argument, NULL, 'n'},
        {"quiet", no_argument, NULL, 'q'},
        {0}};

    *o = (struct options){.port = 8000, .seed = 1, .rate = 2};
    for (int c; (c = getopt_long(argc, argv, "", known, NULL)) != -1;) {
        switch (c) {
        case 'p': o->port = (long)number("port", optarg, 0, 65535); break;
        case 'r': o->rate = number("rate", optarg, 0.01, 10000); break;
        case 's': o->seed = (long)number("seed", optarg, 0, 1e15); break;
        case 'n': o->requests = (long)number("requests", optarg, 0, 1e9); break;
        case 'q': o->quiet = true; break;
        default:
            fprintf(stderr,
                    "usage: %s [--port N] [--rate N] [--seed N] "
                    "[--requests N] [--quiet]\n",
                    argv[0]);
            exit(2);
        }
    }
}

/* Waits, or is ended: returns the signal, or 0. */
static int pause_for(double seconds, const sigset_t *ends)
{
    struct timespec t = {(time_t)seconds,
                         (long)((seconds - (double)(time_t)seconds) * 1e9)};
    int signal = sigtimedwait(ends, NULL, &t);

    return signal > 0 ? signal : 0;
}

static void serve_one(struct met_service *s, const struct visit *v, long i,
                      bool quiet)
{
    met_service_request(s, v->latency_seconds, v->failed);
    met_service_memory(s, v->memory_bytes);
    if (quiet)
        return;
    printf("Request %ld: Latency=%.2fs, Mem=%.0fMB%s\n", i, v->latency_seconds,
           v->memory_bytes / 1024 / 1024, v->failed ? ", failed" : "");
    fflush(stdout);
}

static void serve_visitors(struct met_service *s, const struct options *o,
                           const sigset_t *ends)
{
    struct traffic t;
    struct visit v;

    traffic_start(&t, (uint64_t)o->seed, o->rate);
    printf("Simulating traffic... (press Ctrl-C to end)\n");
    fflush(stdout);
    for (long i = 1; o->requests == 0 || i <= o->requests; i++) {
        traffic_next(&t, &v);
        if (pause_for(v.gap_seconds, ends))
            break;
        serve_one(s, &v, i, o->quiet);
    }
}

static int run(struct met_registry *r, struct met_service *s,
               const struct options *o)
{
    struct met_server *server;
    sigset_t ends;

    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    sigprocmask(SIG_BLOCK, &ends, NULL); /* they are waited for */
    int err = met_server_start(r, NULL, (uint16_t)o->port, NULL, &server);
    if (err < 0) {
        fprintf(stderr, "port %ld cannot be served: %s\n", o->port,
                met_strerror(err));
        return 1;
    }
    printf("http://127.0.0.1:%d/metrics\n", met_server_port(server));
    serve_visitors(s, o, &ends);
    met_server_stop(server);
    printf("Done.\n");
    return 0;
}

static int fill(struct met_registry *r, struct met_service **s)
{
    int failed = r ? met_process_register(r) : MET_ENOMEM;

    return failed ? failed : met_service_create(r, s);
}

int main(int argc, char **argv)
{
    struct met_registry *r = met_registry_default();
    struct met_service *s = NULL;
    struct options o;

    read_options(argc, argv, &o);
    int err = fill(r, &s);
    if (err < 0) {
        fprintf(stderr, "the metrics cannot be registered: %s\n",
                met_strerror(err));
        return 1;
    }
    int status = run(r, s, &o);
    met_service_destroy(s);
    return status;
}

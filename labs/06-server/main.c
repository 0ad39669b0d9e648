/* SPDX-License-Identifier: MIT
 *
 * main.c - the server, run: a small program that measures itself
 *
 *     make run LAB=06 IMPL=labs PORT=8000
 *     curl http://127.0.0.1:8000/metrics
 *
 * Ten times a second it asks to be woken, and observes how late it was: the
 * operating system never promises to be in time. Ctrl-C ends it.
 *
 * Given: nothing in this file is to be changed.
 */
#include "met/error.h"
#include "met/exposition.h"
#include "met/server.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { PORT = 8000, TICK_NS = 100 * 1000 * 1000 };

static struct met_child *ticks, *lateness;

static int fill(struct met_registry *r)
{
    struct met_family *counters, *histograms;
    double bounds[8];
    int err;

    if ((err = met_bounds_exponential(1e-5, 4, 8, bounds)) < 0 ||
        (err = met_registry_counter(r, "ticks_total", "Times it was woken.",
                                    NULL, 0, &counters)) < 0 ||
        (err = met_registry_histogram(r, "tick_lateness_seconds",
                                      "How late it was woken.", NULL, 0, bounds,
                                      8, &histograms)) < 0 ||
        (err = met_process_register(r)) < 0 ||
        (err = met_family_child(counters, NULL, 0, &ticks)) < 0 ||
        (err = met_family_child(histograms, NULL, 0, &lateness)) < 0)
        return err;
    return 0;
}

/* Sleeps for a tick. Returns the signal that ended it, or 0. */
static int sleep_one_tick(const sigset_t *ends)
{
    struct met_timer timer;
    struct timespec tick = {0, TICK_NS};

    met_timer_start(&timer);
    int signal = sigtimedwait(ends, NULL, &tick);
    if (signal > 0)
        return signal;
    met_counter_inc(met_child_counter(ticks));
    met_histogram_observe(met_child_histogram(lateness),
                          met_timer_seconds(&timer) - TICK_NS / 1e9);
    return 0;
}

static void tell_failure(int err, unsigned port)
{
    if (err == MET_EADDRINUSE)
        fprintf(stderr, "port %u is taken: say another one\n", port);
    else
        fprintf(stderr, "port %u cannot be served: %s\n", port,
                met_strerror(err));
}

static int serve(struct met_registry *r, uint16_t port, const sigset_t *ends)
{
    struct met_server *s;
    int err = met_server_start(r, NULL, port, NULL, &s);

    if (err < 0) {
        tell_failure(err, port);
        return 1;
    }
    printf("http://127.0.0.1:%d/metrics\n", met_server_port(s));
    printf("Ctrl-C ends it.\n");
    fflush(stdout);
    while (sleep_one_tick(ends) == 0)
        ;
    met_server_stop(s);
    return 0;
}

int main(int argc, char **argv)
{
    struct met_registry *r = met_registry_default();
    char *end = "";
    long port = argc > 1 ? strtol(argv[1], &end, 10) : PORT;
    sigset_t ends;
    int err = r ? fill(r) : MET_ENOMEM;

    if (port < 0 || port > 65535 || *end || argc > 2) {
        fprintf(stderr, "usage: %s [PORT]    0 takes a free one\n", argv[0]);
        return 2;
    }
    if (err < 0) {
        fprintf(stderr, "the metrics cannot be registered: %s\n",
                met_strerror(err));
        return 1;
    }
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    sigprocmask(SIG_BLOCK, &ends, NULL); /* they are waited for */
    return serve(r, (uint16_t)port, &ends);
}

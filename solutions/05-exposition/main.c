/* SPDX-License-Identifier: MIT
 *
 * main.c - the exposition, run: a page of a small program, on the terminal
 *
 *     make run LAB=05 IMPL=labs
 *     build/run/05-exposition openmetrics | build/bin/expocheck -
 *
 * Given: nothing in this file is to be changed.
 */
#include "met/exposition.h"

#include <stdio.h>
#include <string.h>

static int print(void *ctx, const char *bytes, size_t n)
{
    return fwrite(bytes, 1, n, ctx) != n;
}

static int fill(struct met_registry *r)
{
    static const char *const labels[] = {"method", "code"};
    static const char *const values[] = {"GET", "200"};
    double bounds[MET_DEFAULT_BOUNDS];
    struct met_family *requests, *latency;
    struct met_child *ok, *times;

    met_bounds_default(bounds);
    if (met_registry_counter(r, "http_requests_total", "Requests served.",
                             labels, 2, &requests) < 0 ||
        met_registry_histogram(r, "request_seconds", "Time of a request.", NULL,
                               0, bounds, MET_DEFAULT_BOUNDS, &latency) < 0 ||
        met_process_register(r) < 0 ||
        met_family_child(requests, values, 2, &ok) < 0 ||
        met_family_child(latency, NULL, 0, &times) < 0)
        return -1;
    for (int i = 0; i < 100; i++) {
        met_counter_inc(met_child_counter(ok));
        met_histogram_observe(met_child_histogram(times), i / 64.0);
    }
    met_child_release(ok);
    met_child_release(times);
    return 0;
}

int main(int argc, char **argv)
{
    int open = argc > 1 && strcmp(argv[1], "openmetrics") == 0;
    struct met_registry *r = met_registry_default();

    if (!r || fill(r) < 0) {
        fprintf(stderr, "the metrics cannot be registered\n");
        return 1;
    }
    if (met_expose_stream(r, open ? MET_OPENMETRICS : MET_TEXT, print, stdout) <
        0) {
        fprintf(stderr, "the page cannot be written\n");
        return 1;
    }
    return 0;
}

/* SPDX-License-Identifier: MIT
 *
 * main.c - the exposition, run: a page of a small program, on the terminal
 *
 *     make run LAB=05 IMPL=labs
 *     build/run/05-exposition openmetrics | build/bin/expocheck -
 *     build/run/05-exposition time
 *
 * Given: nothing in this file is to be changed.
 */
#include "met/exposition.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COUNTERS = 1000, HISTOGRAMS = 100, PAGES = 20, PAGE_BYTES = 1 << 20 };

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

/* ---- time ---- */

static void use(struct met_child *c, double v)
{
    if (met_child_counter(c))
        met_counter_add(met_child_counter(c), v);
    else
        met_histogram_observe(met_child_histogram(c), v);
    met_child_release(c);
}

/* 1000 lines of counters and 100 * 14 of histograms. */
static int fill_large(struct met_registry *r, double v)
{
    static const char *const labels[] = {"method", "path"};
    double bounds[MET_DEFAULT_BOUNDS];
    struct met_family *requests, *latency;
    struct met_child *c;

    met_bounds_default(bounds);
    if (met_registry_counter(r, "http_requests_total", "Requests served.",
                             labels, 2, &requests) < 0 ||
        met_registry_histogram(r, "request_seconds", "Time of a request.",
                               labels, 2, bounds, MET_DEFAULT_BOUNDS,
                               &latency) < 0)
        return -1;
    for (int i = 0; i < COUNTERS + HISTOGRAMS; i++) {
        char path[24];
        const char *const values[] = {"GET", path};
        snprintf(path, sizeof path, "/item/%d", i);
        if (met_family_child(i < COUNTERS ? requests : latency, values, 2, &c))
            return -1;
        use(c, (i + 1) * v);
    }
    return 0;
}

static int print_time(const char *what, double v)
{
    static char buffer[PAGE_BYTES];
    struct met_registry *r = NULL;
    struct met_timer watch;
    size_t length = 0;
    int err = met_registry_create(&r);

    if (err == 0)
        err = fill_large(r, v);
    met_timer_start(&watch);
    for (int i = 0; i < PAGES && err == 0; i++)
        err = met_expose(r, MET_TEXT, buffer, sizeof buffer, &length);
    if (err == 0)
        printf("%s: %.0f us a page of %zu bytes\n", what,
               met_timer_seconds(&watch) * 1e6 / PAGES, length);
    met_registry_destroy(r);
    return err;
}

int main(int argc, char **argv)
{
    int open = argc > 1 && strcmp(argv[1], "openmetrics") == 0;
    struct met_registry *r = met_registry_default();

    if (argc > 1 && strcmp(argv[1], "time") == 0)
        return print_time("short numbers", 1) < 0 ||
               print_time("long numbers", 1 / 3.0) < 0;
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

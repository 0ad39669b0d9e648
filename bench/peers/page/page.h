/* SPDX-License-Identifier: MIT
 *
 * page.h - the registry whose page all clients are compared with
 *
 * 1000 counters with two labels and 100 histograms with eleven bounds: 2404
 * lines, 130 KB, or with longer label values 170 KB. page.go, page.hh and
 * ../render/rust-prometheus fill theirs with the same.
 */
#ifndef PEERS_PAGE_H
#define PEERS_PAGE_H

#include "met/histogram.h"
#include "met/registry.h"

#include <stdio.h>
#include <stdlib.h>

enum { PAGE_COUNTERS = 1000, PAGE_HISTOGRAMS = 100 };

static void need(int err)
{
    if (err < 0) {
        fprintf(stderr, "abacus: error %d\n", err);
        exit(1);
    }
}

static struct met_child *child(struct met_family *f, const char *a,
                               const char *b)
{
    struct met_child *c;

    need(met_family_child(f, (const char *const[]){a, b}, b ? 2 : 1, &c));
    return c;
}

/* path: what the values of one label begin with */
static void page_fill(struct met_registry *r, const char *path)
{
    double bounds[MET_DEFAULT_BOUNDS];
    struct met_family *f;
    char a[32], b[96];

    need(met_registry_counter(r, "requests_total", "Requests served.",
                              (const char *const[]){"method", "path"}, 2, &f));
    for (int i = 0; i < PAGE_COUNTERS; i++) {
        snprintf(a, sizeof a, "m%d", i % 10);
        snprintf(b, sizeof b, "%s%d", path, i / 10);
        struct met_child *c = child(f, a, b);
        met_counter_add(met_child_counter(c), i * 1234567L % 1000000000L);
        met_child_release(c);
    }
    met_bounds_default(bounds);
    need(met_registry_histogram(r, "duration_seconds", "Duration of a request.",
                                (const char *const[]){"handler"}, 1, bounds,
                                MET_DEFAULT_BOUNDS, &f));
    for (int i = 0; i < PAGE_HISTOGRAMS; i++) {
        snprintf(a, sizeof a, "/h%d", i);
        struct met_child *c = child(f, a, NULL);
        for (int k = 0; k < 100; k++)
            met_histogram_observe(met_child_histogram(c),
                                  (i * 100 + k) * 7919 % 20011 / 1000.0);
        met_child_release(c);
    }
}

#endif

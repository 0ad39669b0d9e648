/* SPDX-License-Identifier: MIT
 *
 * abacus.c - the time to render the page of README.md, by our library
 *
 *     abacus [FILE]    prints the microseconds of one page: the median of 15
 *                      batches of 20; writes the page to FILE
 */
#include "met/exposition.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { COUNTERS = 1000, HISTOGRAMS = 100, BATCHES = 15, BATCH = 20 };

static char page[1 << 20];

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

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

static void fill(struct met_registry *r)
{
    double bounds[MET_DEFAULT_BOUNDS];
    struct met_family *f;
    char a[32], b[32];

    need(met_registry_counter(r, "requests_total", "Requests served.",
                              (const char *const[]){"method", "path"}, 2, &f));
    for (int i = 0; i < COUNTERS; i++) {
        snprintf(a, sizeof a, "m%d", i % 10);
        snprintf(b, sizeof b, "/api/v1/items/%d", i / 10);
        struct met_child *c = child(f, a, b);
        met_counter_add(met_child_counter(c), i * 1234567L % 1000000000L);
        met_child_release(c);
    }
    met_bounds_default(bounds);
    need(met_registry_histogram(r, "duration_seconds", "Duration of a request.",
                                (const char *const[]){"handler"}, 1, bounds,
                                MET_DEFAULT_BOUNDS, &f));
    for (int i = 0; i < HISTOGRAMS; i++) {
        snprintf(a, sizeof a, "/h%d", i);
        struct met_child *c = child(f, a, NULL);
        for (int k = 0; k < 100; k++)
            met_histogram_observe(met_child_histogram(c),
                                  (i * 100 + k) * 7919 % 20011 / 1000.0);
        met_child_release(c);
    }
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    struct met_registry *r;
    double took[BATCHES];
    size_t size;

    need(met_registry_create(&r));
    fill(r);
    for (int i = 0; i < BATCHES; i++) {
        double begin = now();
        for (int k = 0; k < BATCH; k++)
            need(met_expose(r, MET_TEXT, page, sizeof page, &size));
        took[i] = (now() - begin) / BATCH;
    }
    qsort(took, BATCHES, sizeof *took, by_size);
    printf("%.2f\n", took[BATCHES / 2]);
    FILE *f = argc > 1 ? fopen(argv[1], "w") : NULL;
    if (f && (fwrite(page, 1, size, f) != size || fclose(f) != 0))
        return 1;
    met_registry_destroy(r);
    return 0;
}

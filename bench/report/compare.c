/* SPDX-License-Identifier: MIT
 *
 * compare.c - what do two recorded results resolve?
 *
 *     bench-compare [--anyway] A B
 *
 * Each row of B at each number of threads is compared with the same row of A.
 * The two ran at different times, so there are no pairs, and what changed in
 * the machine between them does not cancel. So the ratio of the medians is
 * taken, and its interval is wide: it goes from the lowest to the highest ratio
 * that the two intervals of the medians allow. Those are made at
 * 1 - 0.05 / (2 m) for m comparisons, so that all of them hold together with
 * 95 %.
 *
 * An interval knows nothing of what differs between two runs. Medians of the
 * same program, run twice in a row on one virtual machine, have differed by
 * 5.1 %. So a row of B is called faster or slower only if the interval leaves
 * out 1, and the ratio is further from 1 than BETWEEN_RUNS and than both A/A
 * bands, and if the undisturbed trials alone say the same.
 *
 * Results of two suites are not compared at all; those of two machines only
 * with --anyway, and then nothing is called faster: it may be the machine.
 *
 * Exit status: 0 compared, whatever came out; 2 not compared, with a sentence.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compare.h"
#include "fail.h"
#include "recorded.h"

#define BETWEEN_RUNS 1.06

struct verdict {
    double a_ns, b_ns, ratio; /* speed of B / speed of A */
    struct bench_interval interval;
    const char *text;
};

/* ---- two folders ---- */

static bool same(const struct recorded *a, const struct recorded *b,
                 const char *path)
{
    return strcmp(recorded_meta(a, path), recorded_meta(b, path)) == 0;
}

static bool same_machine(const struct recorded *a, const struct recorded *b)
{
    return same(a, b, "machine.host") && same(a, b, "machine.cpu_model") &&
           same(a, b, "machine.cpu_count");
}

static void check(const struct recorded *a, const struct recorded *b,
                  bool anyway)
{
    if (!same(a, b, "suite"))
        bench_fail("two suites: '%s' is of %s, '%s' of %s; they say nothing "
                   "about each other",
                   a->folder, recorded_meta(a, "suite"), b->folder,
                   recorded_meta(b, "suite"));
    if (!same_machine(a, b) && !anyway)
        bench_fail("two machines: '%s' is of %s (%s, %s CPUs), '%s' of %s (%s, "
                   "%s CPUs); --anyway shows the ratios",
                   a->folder, recorded_meta(a, "machine.host"),
                   recorded_meta(a, "machine.cpu_model"),
                   recorded_meta(a, "machine.cpu_count"), b->folder,
                   recorded_meta(b, "machine.host"),
                   recorded_meta(b, "machine.cpu_model"),
                   recorded_meta(b, "machine.cpu_count"));
}

static void show_differences(const struct recorded *a, const struct recorded *b)
{
    static const char *const paths[] = {
        "machine.host",   "machine.cpu_model",    "machine.cpu_count",
        "machine.kernel", "machine.clock_source", "compiler",
        "flags",          "method.quick",         "commit"};

    printf("Suite %s\n  A  %s, %s\n  B  %s, %s\n", recorded_meta(a, "suite"),
           recorded_meta(a, "finished"), a->folder,
           recorded_meta(b, "finished"), b->folder);
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++)
        if (!same(a, b, paths[i]))
            printf("  differs: %s: %s, %s\n", paths[i],
                   recorded_meta(a, paths[i]), recorded_meta(b, paths[i]));
    if (!same_machine(a, b))
        puts("  NOT THE SAME MACHINE: what differs may be the machine; nothing "
             "is resolved");
}

/* ---- one row ---- */

/* The trials, sorted; of the undisturbed ones alone if asked. */
static double *sorted(const struct recorded_cell *c, bool quiet, size_t *n)
{
    double *ns = bench_alloc(c->n, sizeof *ns);

    *n = 0;
    for (size_t i = 0; i < c->n; i++)
        if (!quiet || !c->disturbed[i])
            ns[(*n)++] = c->ns[i];
    bench_sort(ns, *n);
    return ns;
}

static void median_of(const struct recorded_cell *c, bool quiet, double alpha,
                      double *median, struct bench_interval *interval)
{
    size_t n;
    double *ns = sorted(c, quiet, &n);

    *median = bench_median(ns, n);
    *interval = bench_median_interval(ns, n, alpha);
    free(ns);
}

static struct verdict measure(const struct recorded_cell *a,
                              const struct recorded_cell *b, bool quiet,
                              double alpha)
{
    struct bench_interval ia, ib;
    struct verdict v;

    median_of(a, quiet, alpha / 2, &v.a_ns, &ia);
    median_of(b, quiet, alpha / 2, &v.b_ns, &ib);
    v.ratio = v.a_ns / v.b_ns;
    v.interval = (struct bench_interval){ia.low / ib.high, ia.high / ib.low};
    return v;
}

static enum bench_verdict judge(const struct verdict *v, double least)
{
    if (isnan(v->interval.low))
        return BENCH_TOO_FEW;
    if (v->interval.low > 1 && v->ratio > least)
        return BENCH_FASTER;
    if (v->interval.high < 1 && v->ratio < 1 / least)
        return BENCH_SLOWER;
    return BENCH_NOT_RESOLVED;
}

static enum bench_verdict compare(const struct recorded_cell *a,
                                  const struct recorded_cell *b, double alpha,
                                  struct verdict *v)
{
    double least = fmax(BETWEEN_RUNS, fmax(a->aa_band, b->aa_band));
    enum bench_verdict found;
    struct verdict quiet;

    *v = measure(a, b, false, alpha);
    if (a->wrong > 0 || b->wrong > 0)
        return BENCH_NO_NUMBER;
    found = judge(v, least);
    if (found != BENCH_FASTER && found != BENCH_SLOWER)
        return found;
    quiet = measure(a, b, true, alpha);
    return judge(&quiet, least) == found ? found : BENCH_DISTURBED;
}

/* Right-aligned in 10 columns; a dash for what does not exist. */
static void show(double x, bool is)
{
    if (is && isfinite(x))
        printf(" %10.*f", x < 10 ? 3 : x < 1000 ? 1 : 0, x);
    else
        printf(" %10s", "-");
}

/* ---- all rows ---- */

/* Copies of a design are there for the A/A band only. */
static bool is_copy(const struct recorded_cell *c)
{
    size_t n = strlen(c->design);

    return n > 6 && strcmp(c->design + n - 6, "-again") == 0;
}

static size_t count_both(const struct recorded *a, const struct recorded *b)
{
    size_t n = 0;

    for (size_t i = 0; i < b->n_cells; i++)
        n += !is_copy(&b->cells[i]) &&
             recorded_find(a, b->cells[i].design, b->cells[i].threads) != NULL;
    return n;
}

static void show_row(const struct recorded_cell *b, const struct verdict *v,
                     enum bench_verdict found, bool trusted)
{
    bool is = found != BENCH_NO_NUMBER;

    printf("  %-24s %7d", b->design, b->threads);
    show(v->a_ns, is);
    show(v->b_ns, is);
    show(v->ratio, is);
    show(v->interval.low, is);
    show(v->interval.high, is);
    printf("  %s\n", trusted || !is ? bench_verdict_text(found)
                                    : "not resolved: two machines");
}

static void show_rows(const struct recorded *a, const struct recorded *b)
{
    size_t all = count_both(a, b), faster = 0, slower = 0;
    bool trusted = same_machine(a, b);

    if (all == 0)
        bench_fail("no row is in both at the same number of threads");
    printf("\n  %-24s %7s %10s %10s %10s %10s %10s  B is\n", "design",
           "threads", "A ns", "B ns", "speed x", "low", "high");
    for (size_t i = 0; i < b->n_cells; i++) {
        const struct recorded_cell *cell = &b->cells[i];
        const struct recorded_cell *old =
            recorded_find(a, cell->design, cell->threads);
        struct verdict v;
        enum bench_verdict found;

        if (is_copy(cell) || old == NULL)
            continue;
        found = compare(old, cell, BENCH_ALPHA / (double)all, &v);
        show_row(cell, &v, found, trusted);
        faster += trusted && found == BENCH_FASTER;
        slower += trusted && found == BENCH_SLOWER;
    }
    printf("\n%zu of %zu rows are resolved: B is faster in %zu and slower in "
           "%zu.\n",
           faster + slower, all, faster, slower);
}

static void show_missing(const struct recorded *here,
                         const struct recorded *there, const char *name)
{
    for (size_t i = 0; i < here->n_cells; i++) {
        const struct recorded_cell *c = &here->cells[i];

        if (!is_copy(c) && recorded_find(there, c->design, c->threads) == NULL)
            printf("Only in %s: %s at %d thread%s\n", name, c->design,
                   c->threads, c->threads > 1 ? "s" : "");
    }
}

int main(int argc, char **argv)
{
    bool anyway = argc > 1 && strcmp(argv[1], "--anyway") == 0;
    struct recorded a, b;

    if (argc - anyway != 3)
        bench_fail("usage: bench-compare [--anyway] A B");
    recorded_read(&a, argv[1 + anyway]);
    recorded_read(&b, argv[2 + anyway]);
    check(&a, &b, anyway);
    show_differences(&a, &b);
    show_rows(&a, &b);
    show_missing(&a, &b, "A");
    show_missing(&b, &a, "B");
    printf("Not paired: the runs were apart. Resolved: the interval leaves out "
           "1, and the ratio is\nbeyond %g and both A/A bands. Intervals hold "
           "together with 95 %%.\n",
           BETWEEN_RUNS);
    recorded_free(&a);
    recorded_free(&b);
    return 0;
}

/* SPDX-License-Identifier: MIT
 *
 * usl-main.c - the scalability law for each row of a recorded result
 *
 *     bench-usl RESULT OUT
 *
 * Only rows with a CPU for each thread count: with more threads the scheduler is
 * measured. With fewer than USL_LEAST thread counts it says why there is no fit,
 * removes what an earlier fit left in OUT, and exits with 3. Else it writes
 * OUT/usl.csv: what was measured, and the fit up to twice the largest count.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fail.h"
#include "output.h"
#include "recorded.h"
#include "stats.h"
#include "usl.h"

enum { ROOM = 64, REFUSED = 3 };

static double median(const struct recorded_cell *c)
{
    bench_sort(c->ns, c->n);
    return bench_median(c->ns, c->n);
}

/* The points of one row. */
static size_t points_of(const struct recorded *r, const char *design,
                        struct usl_point *p)
{
    int cpus = atoi(recorded_meta(r, "machine.cpu_count"));
    size_t n = 0;

    for (size_t i = 0; i < r->n_cells && n < ROOM; i++) {
        const struct recorded_cell *c = &r->cells[i];

        if (strcmp(c->design, design) == 0 && c->threads <= cpus &&
            c->wrong == 0 && c->n > 0)
            p[n++] = (struct usl_point){c->threads, median(c)};
    }
    return n;
}

static bool is_first(const struct recorded *r, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (strcmp(r->cells[k].design, r->cells[i].design) == 0)
            return false;
    return true;
}

static void write_fit(FILE *f, const char *design, const struct usl_point *p,
                      size_t n, const struct usl_fit *fit)
{
    for (size_t i = 0; i < n; i++)
        fprintf(f, "measured,%s,%d,%.6g\n", design, p[i].threads, p[i].ns);
    for (int t = 1; t <= fit->limit; t++)
        fprintf(f, "fit,%s,%d,%.6g\n", design, t, usl_ns(fit, t));
    printf("  %-20s sigma %8.4f  kappa %8.5f  worst residual %4.1f %%, said up "
           "to %d threads\n",
           design, fit->sigma, fit->kappa, 100 * fit->worst, fit->limit);
}

/* The most thread counts that a row has. */
static size_t most_counts(const struct recorded *r)
{
    struct usl_point p[ROOM];
    size_t most = 0;

    for (size_t i = 0; i < r->n_cells; i++) {
        size_t n = usl_counts(p, points_of(r, r->cells[i].design, p));

        most = n > most ? n : most;
    }
    return most;
}

static void refuse(const struct recorded *r, const char *out, size_t counts)
{
    char path[4096];

    snprintf(path, sizeof path, "%s/usl.csv", out);
    remove(path);
    printf("No fit of the scalability law to '%s': it has %zu thread count%s "
           "with a CPU for each\nthread, and at least %d are needed. The law "
           "has three free numbers: with so few points it\nfits nearly "
           "anything, and says nothing of what was not measured. Even with the "
           "8 points from\n1 to 8 threads of the published fetch-add it is "
           "wrong by 2.3 times at 160.\n",
           r->folder, counts, counts == 1 ? "" : "s", USL_LEAST);
}

int main(int argc, char **argv)
{
    struct usl_point p[ROOM];
    struct usl_fit fit;
    struct recorded r;
    size_t counts;
    FILE *f;

    if (argc != 3)
        bench_fail("usage: bench-usl RESULT OUT");
    recorded_read(&r, argv[1]);
    counts = most_counts(&r);
    if (counts < USL_LEAST) {
        refuse(&r, argv[2], counts);
        recorded_free(&r);
        return REFUSED;
    }
    bench_make_folder(argv[2]);
    f = bench_create(argv[2], "usl.csv");
    fputs("kind,design,threads,ns_per_update\n", f);
    printf("The scalability law, fitted to '%s' (%zu thread counts):\n",
           r.folder, counts);
    for (size_t i = 0; i < r.n_cells; i++)
        if (is_first(&r, i)) {
            size_t n = points_of(&r, r.cells[i].design, p);

            if (usl_fit(p, n, &fit))
                write_fit(f, r.cells[i].design, p, n, &fit);
            else
                printf("  %-20s no fit: %zu thread counts\n", r.cells[i].design,
                       usl_counts(p, n));
        }
    bench_close(f, "usl.csv");
    recorded_free(&r);
    return 0;
}

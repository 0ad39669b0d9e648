/* SPDX-License-Identifier: MIT
 *
 * analysis.c - see analysis.h
 */
#include "analysis.h"

#include <math.h>
#include <stdlib.h>

#include "fail.h"

static bool is_in(const struct bench_record *r, int s, int row)
{
    return r->sweep == s && r->row == row;
}

/* The times of a cell, sorted; those without a number are counted only. */
static double *times_of(const struct bench_results *r, int s, int row,
                        struct bench_cell *cell)
{
    double *ns = bench_alloc(r->n_records, sizeof *ns);
    size_t n = 0;

    for (size_t i = 0; i < r->n_records; i++) {
        const struct bench_record *record = &r->records[i];

        if (!is_in(record, s, row))
            continue;
        cell->n++;
        cell->disturbed += record->disturbed;
        if (isnan(record->ns_per_update))
            cell->wrong++;
        else
            ns[n++] = record->ns_per_update;
    }
    bench_sort(ns, n);
    return ns;
}

static void label_outliers(struct bench_results *r, int s, int row,
                           const double *ns, struct bench_cell *cell)
{
    struct bench_interval fence = bench_tukey_fences(ns, cell->n - cell->wrong);

    for (size_t i = 0; i < r->n_records; i++) {
        struct bench_record *record = &r->records[i];

        if (!is_in(record, s, row))
            continue;
        record->outlier = record->ns_per_update < fence.low ||
                          record->ns_per_update > fence.high;
        cell->outliers += record->outlier;
    }
}

static double median_lost(const struct bench_results *r, int s, int row)
{
    double *lost = bench_alloc(r->n_records, sizeof *lost), median;
    size_t n = 0;

    for (size_t i = 0; i < r->n_records; i++)
        if (is_in(&r->records[i], s, row))
            lost[n++] = bench_trial_lost(&r->records[i].trial);
    bench_sort(lost, n);
    median = bench_median(lost, n);
    free(lost);
    return median;
}

static struct bench_cell cell_of(const struct bench_plan *p,
                                 struct bench_results *r, int s, int row)
{
    struct bench_cell c = {.ns = NAN, .ns_interval = {NAN, NAN}};
    double *ns = times_of(r, s, row, &c);
    double all = 1e9 * p->sweep[s];

    label_outliers(r, s, row, ns, &c);
    if (c.wrong == 0) {
        c.ns = bench_median(ns, c.n);
        c.ns_interval = bench_median_interval(ns, c.n, BENCH_ALPHA);
    }
    /* A rate is one over a time: the median turns with it, ends swapped. */
    c.rate = all / c.ns;
    c.rate_interval.low = all / c.ns_interval.high;
    c.rate_interval.high = all / c.ns_interval.low;
    if (p->rows[row].design->sum_kind == BENCH_LOSSY)
        c.lost = median_lost(r, s, row);
    free(ns);
    return c;
}

/* The pairs of a contest: the two trials of each round. */
static size_t pairs_of(const struct bench_plan *p,
                       const struct bench_results *r, int s,
                       const struct bench_contest *c, struct bench_pair *pairs)
{
    for (int i = 0; i < p->rounds; i++)
        pairs[i] = (struct bench_pair){NAN, NAN, false};
    for (size_t i = 0; i < r->n_records; i++) {
        const struct bench_record *record = &r->records[i];
        struct bench_pair *pair = &pairs[record->round];

        if (is_in(record, s, c->row))
            pair->time = record->ns_per_update;
        else if (is_in(record, s, c->reference))
            pair->reference_time = record->ns_per_update;
        else
            continue;
        pair->disturbed |= record->disturbed;
    }
    return (size_t)p->rounds;
}

static void compare_table(const struct bench_plan *p,
                          const struct bench_results *r, int s,
                          struct bench_analysis *a, bool aa)
{
    struct bench_pair *pairs = bench_alloc((size_t)p->rounds, sizeof *pairs);

    for (int i = 0; i < p->n_contests; i++) {
        const struct bench_contest *c = &p->contests[i];
        struct bench_comparison *to = &a->comparisons[s * p->n_contests + i];

        if (c->aa != aa)
            continue;
        *to = bench_compare(pairs, pairs_of(p, r, s, c, pairs),
                            BENCH_ALPHA / p->n_contests, a->band[s]);
    }
    free(pairs);
}

/* The A/A comparisons come first: their band is the measure of the others.
 * They themselves have only the 2 %, or none could ever be resolved. */
static void analyse_table(const struct bench_plan *p,
                          const struct bench_results *r, int s,
                          struct bench_analysis *a)
{
    double band = 1;

    a->band[s] = 1;
    compare_table(p, r, s, a, true);
    for (int i = 0; i < p->n_contests; i++)
        if (p->contests[i].aa)
            band =
                fmax(band, bench_band(&a->comparisons[s * p->n_contests + i]));
    a->band[s] = band;
    compare_table(p, r, s, a, false);
}

struct bench_analysis *bench_analyse(const struct bench_plan *p,
                                     struct bench_results *r)
{
    struct bench_analysis *a = bench_alloc(1, sizeof *a);

    a->cells = bench_alloc((size_t)(p->n_sweep * p->n_rows), sizeof *a->cells);
    a->comparisons = bench_alloc((size_t)(p->n_sweep * p->n_contests),
                                 sizeof *a->comparisons);
    for (int s = 0; s < p->n_sweep; s++) {
        for (int row = 0; row < p->n_rows; row++) {
            struct bench_cell *cell = &a->cells[s * p->n_rows + row];

            *cell = cell_of(p, r, s, row);
            a->wrong += cell->wrong;
        }
        analyse_table(p, r, s, a);
    }
    return a;
}

void bench_analysis_free(struct bench_analysis *a)
{
    free(a->cells);
    free(a->comparisons);
    free(a);
}

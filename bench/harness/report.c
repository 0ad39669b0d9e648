/* SPDX-License-Identifier: MIT
 *
 * report.c - the tables for a person
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "output.h"
#include "waits.h"

/* Right-aligned in 10 columns; a dash for what does not exist. */
static void show(double x)
{
    if (isfinite(x))
        printf(" %10.*f", x < 10 ? 3 : x < 1000 ? 1 : 0, x);
    else
        printf(" %10s", "-");
}

static void remarks(const struct bench_plan *p, int row,
                    const struct bench_cell *c, const struct bench_memory *m)
{
    if (m->series > 0)
        printf("  %.6g bytes, %.3g lines a series",
               (double)m->bytes / (double)m->series,
               (double)m->lines / (double)m->series);
    if (c->wrong > 0)
        printf("  WRONG SUM in %zu of %zu: no number", c->wrong, c->n);
    if (p->rows[row].design->sum_kind == BENCH_LOSSY)
        printf("  loses %.1f %%", 100 * c->lost);
    if (c->disturbed > 0)
        printf("  %zu disturbed", c->disturbed);
}

static void show_rows(const struct bench_plan *p, const struct bench_results *r,
                      const struct bench_analysis *a, int s)
{
    printf("  %-24s ns/%-7s %10s %10s %10s %10s\n", "design",
           bench_plan_unit(p), "low", "high", "M/s", "trials");
    for (int row = 0; row < p->n_rows; row++) {
        const struct bench_cell *c = &a->cells[s * p->n_rows + row];

        if (!bench_plan_runs(p, s, row))
            continue;
        printf("  %-24s", p->rows[row].name);
        show(c->ns);
        show(c->ns_interval.low);
        show(c->ns_interval.high);
        show(c->rate / 1e6);
        printf(" %10zu", c->n);
        remarks(p, row, c, &r->memory[s * p->n_rows + row]);
        putchar('\n');
    }
}

static void show_contests(const struct bench_plan *p,
                          const struct bench_analysis *a, int s)
{
    printf("\n  %-24s %-24s %10s %10s %10s  verdict\n", "design", "against",
           "speed x", "low", "high");
    for (int i = 0; i < p->n_contests; i++) {
        const struct bench_contest *c = &p->contests[i];
        const struct bench_comparison *x =
            &a->comparisons[s * p->n_contests + i];

        if (!bench_plan_meets(p, s, i))
            continue;
        printf("  %-24s %-24s", p->rows[c->row].name,
               p->rows[c->reference].name);
        show(x->all.median);
        show(x->all.interval.low);
        show(x->all.interval.high);
        printf("  %s%s\n", bench_verdict_text(x->verdict),
               c->aa ? " (A/A)" : "");
    }
}

/* An A/A comparison that is resolved says that this run sees differences
 * where there are none. */
static void warn(const struct bench_plan *p, const struct bench_analysis *a,
                 int s)
{
    for (int i = 0; i < p->n_contests; i++) {
        enum bench_verdict v = a->comparisons[s * p->n_contests + i].verdict;

        if (p->contests[i].aa && (v == BENCH_FASTER || v == BENCH_SLOWER))
            printf("  CAUTION: %s differs from itself; distrust this table\n",
                   p->rows[p->contests[i].reference].name);
    }
}

void bench_report(const struct bench_plan *p, const struct bench_results *r,
                  const struct bench_analysis *a)
{
    printf("Suite %s: %d CPU(s), %d trials a row in %d processes, "
           "batches of %llu updates, seed %llu.\n"
           "ns/%s: of one thread, median and its 95 %% interval. "
           "M/s: million %ss a second, all threads.\n"
           "speed x: above 1 is faster than the other; the intervals of a "
           "table hold together with 95 %%.\n",
           p->suite->name, p->cpus.count, p->rounds, p->processes,
           (unsigned long long)r->batch, (unsigned long long)p->options.seed,
           bench_plan_unit(p), bench_plan_unit(p));
    if (!bench_waits_known())
        puts("This kernel does not count waiting: no trial can be flagged.");
    for (int s = 0; s < p->n_sweep; s++) {
        printf("\n%d thread%s%s\n", p->sweep[s], p->sweep[s] > 1 ? "s" : "",
               bench_plan_oversubscribed(p, s)
                   ? " (oversubscribed: more threads than CPUs)"
                   : "");
        show_rows(p, r, a, s);
        show_contests(p, a, s);
        warn(p, a, s);
    }
    printf("\nResults are in %s\n", p->options.out);
}

/* SPDX-License-Identifier: MIT
 *
 * tables.c - the CSV files and the latency distributions
 *
 * An empty field is a number that does not exist: a wrong sum, too few
 * trials, nothing sampled.
 */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>

#include "output.h"

/* One field and the comma in front of it. */
static void field(FILE *f, double x)
{
    if (isfinite(x))
        fprintf(f, ",%.6g", x);
    else
        fputc(',', f);
}

static const char *flags(const struct bench_plan *p,
                         const struct bench_record *r)
{
    enum bench_sum kind = p->rows[r->row].design->sum_kind;

    if (r->trial.failed)
        return "init-failed";
    if (!bench_trial_sum_ok(&r->trial, kind))
        return "wrong-sum";
    if (r->disturbed)
        return r->outlier ? "disturbed+outlier" : "disturbed";
    return r->outlier ? "outlier" : "-";
}

static void write_trials(const struct bench_plan *p,
                         const struct bench_results *results)
{
    FILE *f = bench_create(p->options.out, "trials.csv");

    fputs("suite,process,round,position,design,threads,updates,window_ns,"
          "expected,sum,lost_share,stolen_ns,steal_ticks,flags,"
          "ns_per_update\n",
          f);
    for (size_t i = 0; i < results->n_records; i++) {
        const struct bench_record *r = &results->records[i];
        const struct bench_trial *t = &r->trial;

        fprintf(f, "%s,%d,%d,%d,%s,%d", p->suite->name, r->process, r->round,
                r->position, p->rows[r->row].name, p->sweep[r->sweep]);
        fprintf(f, ",%" PRIu64 ",%" PRIu64 ",%" PRIu64 ",%" PRIu64, t->updates,
                t->window_ns, t->expected, t->sum);
        field(f, p->rows[r->row].design->sum_kind == BENCH_NO_SUM
                     ? NAN
                     : bench_trial_lost(t));
        fprintf(f, ",%" PRIu64 ",%" PRIu64 ",%s", t->stolen_ns, t->steal_ticks,
                flags(p, r));
        field(f, r->ns_per_update);
        fputc('\n', f);
    }
    bench_close(f, "trials.csv");
}

/* Raw percentiles, the clock's own median, and the median without it. */
static void latency_fields(FILE *f, const struct bench_recorder *l,
                           const struct bench_recorder *floor)
{
    static const double percentiles[] = {50, 90, 99, 99.9, 99.99};
    double clock = (double)bench_recorder_percentile(floor, 50);
    double median = NAN;

    fprintf(f, ",%" PRIu64, l != NULL ? l->total : 0);
    if (l != NULL && l->total > 0)
        median = (double)bench_recorder_percentile(l, 50);
    for (int i = 0; i < 5; i++)
        field(f, isnan(median)
                     ? NAN
                     : (double)bench_recorder_percentile(l, percentiles[i]));
    field(f, isnan(median) ? NAN : (double)l->max);
    field(f, clock);
    field(f, median > clock ? median - clock : 0 * median);
}

static void write_cell(FILE *f, const struct bench_plan *p,
                       const struct bench_results *r, int s, int row,
                       const struct bench_cell *c)
{
    fprintf(f, "%s,%s,%d,%d,%zu,%zu,%zu,%zu", p->suite->name, p->rows[row].name,
            p->sweep[s], bench_plan_oversubscribed(p, s), c->n, c->disturbed,
            c->outliers, c->wrong);
    field(f, c->rate);
    field(f, c->rate_interval.low);
    field(f, c->rate_interval.high);
    field(f, c->ns);
    field(f, c->ns_interval.low);
    field(f, c->ns_interval.high);
    field(f, p->rows[row].design->sum_kind == BENCH_LOSSY ? c->lost : NAN);
    latency_fields(f, r->latency[s * p->n_rows + row], r->floor);
    fputc('\n', f);
}

static void write_summary(const struct bench_plan *p,
                          const struct bench_results *r,
                          const struct bench_analysis *a)
{
    FILE *f = bench_create(p->options.out, "summary.csv");

    fputs("suite,design,threads,oversubscribed,n,disturbed,outliers,wrong_sums,"
          "updates_per_s,updates_per_s_low,updates_per_s_high,"
          "ns_per_update,ns_per_update_low,ns_per_update_high,lost_share,"
          "latency_n,latency_p50_ns,latency_p90_ns,latency_p99_ns,"
          "latency_p999_ns,latency_p9999_ns,latency_max_ns,"
          "clock_floor_p50_ns,latency_p50_corrected_ns\n",
          f);
    for (int s = 0; s < p->n_sweep; s++)
        for (int row = 0; row < p->n_rows; row++)
            if (bench_plan_runs(p, s, row))
                write_cell(f, p, r, s, row, &a->cells[s * p->n_rows + row]);
    bench_close(f, "summary.csv");
}

static void write_ratio(FILE *f, const struct bench_ratio *r)
{
    field(f, r->median);
    field(f, r->interval.low);
    field(f, r->interval.high);
}

static void write_ratios(const struct bench_plan *p,
                         const struct bench_analysis *a)
{
    FILE *f = bench_create(p->options.out, "ratios.csv");

    fputs("suite,threads,oversubscribed,design,reference,aa,pairs,disturbed,"
          "speed_ratio,low,high,confidence,aa_band,verdict,quiet_ratio,"
          "quiet_low,quiet_high\n",
          f);
    for (int s = 0; s < p->n_sweep; s++)
        for (int i = 0; i < p->n_contests; i++) {
            const struct bench_contest *c = &p->contests[i];
            const struct bench_comparison *x =
                &a->comparisons[s * p->n_contests + i];

            if (!bench_plan_meets(p, s, i))
                continue;
            fprintf(f, "%s,%d,%d,%s,%s,%d,%zu,%zu", p->suite->name, p->sweep[s],
                    bench_plan_oversubscribed(p, s), p->rows[c->row].name,
                    p->rows[c->reference].name, c->aa, x->pairs, x->disturbed);
            write_ratio(f, &x->all);
            field(f, 1 - BENCH_ALPHA / p->n_contests);
            field(f, a->band[s]);
            fprintf(f, ",%s", bench_verdict_text(x->verdict));
            write_ratio(f, &x->quiet);
            fputc('\n', f);
        }
    bench_close(f, "ratios.csv");
}

/* A bucket of the recorder belongs to the bin of its lower end; an empty bin is
 * left out. */
static void write_bins(FILE *f, const struct bench_plan *p, const char *name,
                       int threads, const struct bench_recorder *r)
{
    for (int bin = 0, bucket = 1; bucket < BENCH_RECORDER_BUCKETS; bin++) {
        double low = bench_bin_low(bin), high = bench_bin_low(bin + 1);
        uint64_t count = 0;

        for (; bucket < BENCH_RECORDER_BUCKETS &&
               (double)bench_bucket_low(bucket) < high;
             bucket++)
            count += r->count[bucket];
        if (count > 0)
            fprintf(f, "%s,%s,%d,%.6g,%.6g,%" PRIu64 "\n", p->suite->name, name,
                    threads, low, high, count);
    }
}

static void write_hgrm(const struct bench_plan *p, const char *name,
                       const struct bench_recorder *r)
{
    FILE *f = bench_create(p->options.out, name);

    bench_recorder_write(r, f);
    bench_close(f, name);
}

static void write_latency(const struct bench_plan *p,
                          const struct bench_results *r)
{
    FILE *f = bench_create(p->options.out, "latency.csv");

    fputs("suite,design,threads,low_ns,high_ns,count\n", f);
    write_bins(f, p, "clock-floor", 1, r->floor);
    write_hgrm(p, "clock-floor.hgrm", r->floor);
    for (int i = 0; i < p->n_sweep * p->n_rows; i++) {
        const char *design = p->rows[i % p->n_rows].name;
        int threads = p->sweep[i / p->n_rows];
        char name[128];

        if (r->latency[i] == NULL)
            continue;
        write_bins(f, p, design, threads, r->latency[i]);
        snprintf(name, sizeof name, "latency-%s-%d.hgrm", design, threads);
        write_hgrm(p, name, r->latency[i]);
    }
    bench_close(f, "latency.csv");
}

static void write_slice(FILE *f, const struct bench_plan *p, int i, int slice,
                        const struct bench_heat *h)
{
    for (int bin = 0; bin < BENCH_HEAT_BINS; bin++)
        if (h->count[slice][bin] > 0)
            fprintf(f, "%s,%s,%d,%.6g,%.6g,%.6g,%.6g,%" PRIu64 "\n",
                    p->suite->name, p->rows[i % p->n_rows].name,
                    p->sweep[i / p->n_rows], (double)h->slice_ns * slice / 1e6,
                    (double)h->slice_ns / 1e6, bench_bin_low(bin),
                    bench_bin_low(bin + 1), h->count[slice][bin]);
}

static void write_heat(const struct bench_plan *p,
                       const struct bench_results *r)
{
    FILE *f = bench_create(p->options.out, "heat.csv");

    fputs("suite,design,threads,begin_ms,slice_ms,low_ns,high_ns,count\n", f);
    for (int i = 0; i < p->n_sweep * p->n_rows; i++)
        for (int slice = 0; r->heat[i] != NULL && slice < BENCH_HEAT_SLICES;
             slice++)
            write_slice(f, p, i, slice, r->heat[i]);
    bench_close(f, "heat.csv");
}

static void write_memory(const struct bench_plan *p,
                         const struct bench_results *r)
{
    FILE *f = bench_create(p->options.out, "memory.csv");

    fputs("suite,design,threads,series,bytes,lines,bytes_per_series,"
          "lines_per_series\n",
          f);
    for (int i = 0; i < p->n_sweep * p->n_rows; i++) {
        const struct bench_memory *m = &r->memory[i];

        if (m->series == 0)
            continue;
        fprintf(f, "%s,%s,%d,%" PRIu64 ",%" PRIu64 ",%" PRIu64, p->suite->name,
                p->rows[i % p->n_rows].name, p->sweep[i / p->n_rows], m->series,
                m->bytes, m->lines);
        field(f, (double)m->bytes / (double)m->series);
        field(f, (double)m->lines / (double)m->series);
        fputc('\n', f);
    }
    bench_close(f, "memory.csv");
}

static bool counts_memory(const struct bench_plan *p)
{
    for (int i = 0; i < p->n_rows; i++)
        if (p->rows[i].design->memory != NULL)
            return true;
    return false;
}

void bench_write_tables(const struct bench_plan *p,
                        const struct bench_results *r,
                        const struct bench_analysis *a)
{
    bench_make_folder(p->options.out);
    write_trials(p, r);
    write_summary(p, r, a);
    write_ratios(p, a);
    write_latency(p, r);
    if (p->suite->heat)
        write_heat(p, r);
    if (counts_memory(p))
        write_memory(p, r);
}

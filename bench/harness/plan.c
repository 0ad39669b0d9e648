/* SPDX-License-Identifier: MIT
 *
 * plan.c - rows, contests, sweep, rounds and times of a run
 */
#include "plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fail.h"
#include "load.h"
#include "order.h"
#include "rng.h"

#define MS 1000000u
#define MANY_ROWS 30

int bench_plan_row(const struct bench_plan *p, const char *name)
{
    for (int i = 0; i < p->n_rows; i++)
        if (strcmp(p->rows[i].name, name) == 0)
            return i;
    return -1;
}

static void add_row(struct bench_plan *p, const struct bench_design *d,
                    int copy_of)
{
    struct bench_row *row = &p->rows[p->n_rows];

    if (p->n_rows == BENCH_MAX_ROWS)
        bench_fail("more than %d rows", BENCH_MAX_ROWS);
    snprintf(row->name, sizeof row->name, "%s%s", d->name,
             copy_of >= 0 ? "-again" : "");
    if (bench_plan_row(p, row->name) >= 0)
        bench_fail("two rows have the name '%s'", row->name);
    row->design = d;
    row->copy_of = copy_of;
    p->n_rows++;
}

static int by_rank(const void *a, const void *b)
{
    const struct bench_design *x = *(const struct bench_design *const *)a;
    const struct bench_design *y = *(const struct bench_design *const *)b;

    if (x->rank != y->rank)
        return x->rank - y->rank;
    return strcmp(x->name, y->name);
}

/* The square of an odd number has twice as many rounds. Where these would be
 * more than anybody needs, one more A/A row is cheaper. */
static void make_even(struct bench_plan *p)
{
    int floor = bench_plan_row(p, p->suite->floor);

    if (p->n_rows % 2 != 0 && p->n_rows > MANY_ROWS && !p->options.aa)
        add_row(p, p->rows[floor].design, floor);
}

static void make_rows(struct bench_plan *p)
{
    const struct bench_options *o = &p->options;
    const struct bench_design *found[BENCH_MAX_ROWS];
    int n = bench_load_folder(o->designs, found, BENCH_MAX_ROWS);
    int originals;

    qsort(found, (size_t)n, sizeof found[0], by_rank);
    for (int i = 0; i < n; i++)
        if (bench_list_has(o->only, found[i]->name) ||
            strcmp(found[i]->name, p->suite->floor) == 0 ||
            strcmp(found[i]->name, p->suite->baseline) == 0)
            add_row(p, found[i], -1);
    for (int i = 0; i < o->n_impls; i++)
        add_row(p, bench_load(o->impls[i]), -1);
    originals = p->n_rows;
    for (int i = 0; i < originals; i++)
        if (o->aa || strcmp(p->rows[i].name, p->suite->baseline) == 0)
            add_row(p, p->rows[i].design, i);
    if (bench_plan_row(p, p->suite->floor) < 0)
        bench_fail("the design '%s' is not in %s", p->suite->floor, o->designs);
    make_even(p);
}

static void add_contest(struct bench_plan *p, int row, int reference, bool aa)
{
    if (row < 0 || reference < 0 || row == reference)
        return;
    p->contests[p->n_contests++] = (struct bench_contest){row, reference, aa};
}

/* The speed of a design that counts wrong or nothing is no one's rival. */
static bool comparable(const struct bench_row *row)
{
    return row->copy_of < 0 && row->design->sum_kind == BENCH_EXACT;
}

static int rival_of(const struct bench_plan *p, int row, int baseline)
{
    const char *against = p->rows[row].design->against;

    return against != NULL ? bench_plan_row(p, against) : baseline;
}

static void make_contests(struct bench_plan *p)
{
    int baseline = bench_plan_row(p, p->suite->baseline), first_impl = -1;

    for (int i = 0; i < p->n_rows; i++)
        if (p->rows[i].copy_of >= 0)
            add_contest(p, i, p->rows[i].copy_of, true);
    if (p->options.aa)
        return;
    for (int i = 0; i < p->n_rows; i++)
        if (comparable(&p->rows[i]))
            add_contest(p, i, rival_of(p, i, baseline), false);
    for (size_t i = 0; i < p->suite->n_pairs; i++)
        add_contest(p, bench_plan_row(p, p->suite->pairs[i][0]),
                    bench_plan_row(p, p->suite->pairs[i][1]), false);
    for (int i = 0; i < p->options.n_impls; i++) {
        int impl = bench_plan_row(p, bench_load(p->options.impls[i])->name);

        if (first_impl < 0)
            first_impl = impl;
        add_contest(p, impl, first_impl, false);
    }
}

static void add_threads(struct bench_plan *p, long n)
{
    if (n < 1 || n > 4096)
        bench_fail("a number of threads is between 1 and 4096, not %ld", n);
    if (p->n_sweep == BENCH_MAX_SWEEP)
        bench_fail("more than %d numbers of threads", BENCH_MAX_SWEEP);
    p->sweep[p->n_sweep++] = (int)n;
}

static void read_sweep(struct bench_plan *p, const char *list)
{
    while (*list != '\0') {
        char *end;
        long n = strtol(list, &end, 10);

        if (end == list || (*end != ',' && *end != '\0'))
            bench_fail("not a list of numbers: '%s'", list);
        add_threads(p, n);
        list = *end == ',' ? end + 1 : end;
    }
}

/* What was asked for; else 1, 2, 3, ... CPUs and twice that; when quick, or when that would be too
 * many, 1, 2, 4, 8, ... instead. */
static void make_sweep(struct bench_plan *p)
{
    int cpus = p->cpus.count;
    bool doubling = p->options.quick || cpus > BENCH_MAX_SWEEP - 2;

    if (p->options.threads != NULL || p->suite->threads != NULL) {
        read_sweep(p, p->options.threads != NULL ? p->options.threads
                                                 : p->suite->threads);
        return;
    }
    for (int n = 1; n < cpus; n = doubling ? 2 * n : n + 1)
        add_threads(p, n);
    add_threads(p, cpus);
    add_threads(p, 2 * cpus);
}

/* Whole squares only, or the positions would not be balanced. A quick run has
 * 9 s for its throughput trials; each costs about 3 ms besides measuring. */
static void make_usual_times(struct bench_plan *p, int square)
{
    bool quick = p->options.quick;
    int least = quick ? 24 : 60, trials;

    p->processes = quick ? 4 : 10;
    p->rounds = (least + square - 1) / square * square;
    p->warm_ns = 2 * MS;
    p->measure_ns = 30 * MS;
    p->latency_ns = quick ? 20 * MS : 100 * MS;
    trials = p->rounds * p->n_rows * p->n_sweep;
    if (quick) {
        int ms = 9000 / trials - 3;

        p->measure_ns = (ms < 4 ? 4u : ms > 20 ? 20u : (unsigned)ms) * MS;
    }
}

/* One square in each process: every row at every position. A suite that
 * asks for a time of its own has events that are rarer than a millisecond. */
static void make_least_times(struct bench_plan *p, int square)
{
    p->rounds = square;
    if (p->suite->trial_ms > 0) {
        p->measure_ns /= 5;
        p->latency_ns /= 10;
        return;
    }
    p->warm_ns = MS / 5;
    p->measure_ns = MS;
    p->latency_ns = 4 * MS;
}

static void make_times(struct bench_plan *p)
{
    const struct bench_suite *s = p->suite;
    bool quick = p->options.quick;
    int square = bench_order_rows(p->n_rows);

    make_usual_times(p, square);
    if (s->rounds > 0)
        p->rounds = ((quick ? s->rounds / 2 : s->rounds) + square - 1) /
                    square * square;
    if (s->trial_ms > 0)
        p->measure_ns = (uint64_t)s->trial_ms * MS / (quick ? 5 : 1);
    if (s->latency_ms > 0)
        p->latency_ns = (uint64_t)s->latency_ms * MS / (quick ? 5 : 1);
    if (p->options.try_only)
        make_least_times(p, square);
}

void bench_plan_make(struct bench_plan *p, const struct bench_suite *suite,
                     const struct bench_options *o)
{
    *p = (struct bench_plan){.suite = suite, .options = *o};
    bench_cpus_read(&p->cpus);
    make_rows(p);
    make_contests(p);
    make_sweep(p);
    make_times(p);
}

void bench_plan_order(const struct bench_plan *p, int s, int round, int *order)
{
    int square = bench_order_rows(p->n_rows), numbering[BENCH_MAX_ROWS];
    struct bench_rng rng = {p->options.seed};

    rng.state += (uint64_t)s << 32 | (uint64_t)(round / square);
    rng.state = bench_rng_next(&rng);
    for (int i = 0; i < p->n_rows; i++)
        numbering[i] = i;
    bench_rng_shuffle(&rng, numbering, (size_t)p->n_rows);
    bench_order_row(p->n_rows, round, order);
    for (int i = 0; i < p->n_rows; i++)
        order[i] = numbering[order[i]];
}

const char *bench_plan_unit(const struct bench_plan *p)
{
    return p->suite->unit != NULL ? p->suite->unit : "update";
}

int bench_plan_first_round(const struct bench_plan *p, int process)
{
    return p->rounds * process / p->processes;
}

bool bench_plan_runs(const struct bench_plan *p, int s, int row)
{
    int most = p->rows[row].design->most_threads;

    return most == 0 || p->sweep[s] <= most;
}

bool bench_plan_meets(const struct bench_plan *p, int s, int contest)
{
    const struct bench_contest *c = &p->contests[contest];

    return bench_plan_runs(p, s, c->row) && bench_plan_runs(p, s, c->reference);
}

bool bench_plan_oversubscribed(const struct bench_plan *p, int s)
{
    return p->sweep[s] > p->cpus.count;
}

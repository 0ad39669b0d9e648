/* SPDX-License-Identifier: MIT
 *
 * worker.c - warm up, then round after round; then the latencies
 */
#include "worker.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "clock.h"
#include "prepare.h"
#include "results.h"
#include "trial.h"

#define HUNG_SECONDS 60
#define FLOOR_SAMPLES 100000

static struct bench_trial_plan trial_of(const struct bench_plan *p, int s,
                                        int row)
{
    const struct bench_design *d = p->rows[row].design;

    return (struct bench_trial_plan){.design = d,
                                     .threads = p->sweep[s],
                                     .batch = d->batch > 0 ? d->batch
                                                           : p->options.batch,
                                     .warm_ns = p->warm_ns,
                                     .measure_ns = p->measure_ns};
}

/* Says what comes, so that the leader can name it if it is the last thing
 * this process does. */
static void announce(const struct bench_plan *p, int s, int row)
{
    printf("begin %s %d\n", p->rows[row].name, p->sweep[s]);
    fflush(stdout);
    alarm(HUNG_SECONDS);
}

static void throughput_round(const struct bench_plan *p, int s, int round)
{
    int order[BENCH_MAX_ROWS];

    bench_plan_order(p, s, round, order);
    for (int i = 0; i < p->n_rows; i++) {
        struct bench_record r = {
            .sweep = s, .round = round, .position = i, .row = order[i]};
        struct bench_trial_plan trial = trial_of(p, s, order[i]);

        if (!bench_plan_runs(p, s, order[i]))
            continue;
        announce(p, s, order[i]);
        bench_trial_run(&trial, &p->cpus, &r.trial);
        bench_results_print_trial(&r);
    }
}

/* One trial is enough to see when: the first process's. */
static bool wants_heat(const struct bench_plan *p)
{
    return p->suite->heat && p->options.process == 0;
}

static void latency_trial(const struct bench_plan *p, int s, int row)
{
    struct bench_trial_plan plan = trial_of(p, s, row);
    struct bench_trial t;
    char prefix[64];

    plan.latency = bench_recorder_new();
    plan.measure_ns = p->latency_ns;
    if (wants_heat(p))
        plan.heat = bench_heat_new(p->latency_ns);
    announce(p, s, row);
    bench_trial_run(&plan, &p->cpus, &t);
    if (bench_trial_sum_ok(&t, p->rows[row].design->sum_kind)) {
        snprintf(prefix, sizeof prefix, "latency %d %d", s, row);
        bench_results_print_buckets(prefix, plan.latency);
        snprintf(prefix, sizeof prefix, "heat %d %d", s, row);
        if (plan.heat != NULL)
            bench_heat_print(prefix, plan.heat);
    }
    free(plan.latency);
    free(plan.heat);
}

static void latency_round(const struct bench_plan *p, int s)
{
    int order[BENCH_MAX_ROWS];

    bench_plan_order(p, s, p->options.process, order);
    for (int i = 0; i < p->n_rows; i++)
        if (p->rows[order[i]].copy_of < 0 && bench_plan_runs(p, s, order[i]))
            latency_trial(p, s, order[i]);
}

static void prepare(const struct bench_plan *p)
{
    int floor_row = bench_plan_row(p, p->suite->floor);
    struct bench_recorder *floor = bench_recorder_new();
    struct bench_warmth w =
        bench_warm_up(p->rows[floor_row].design, &p->cpus, p->options.batch);

    printf("warmth %.1f %d\n", w.ms, w.steady);
    bench_clock_floor(floor, FLOOR_SAMPLES);
    bench_results_print_buckets("floor", floor);
    free(floor);
}

void bench_worker(const struct bench_plan *p)
{
    int first = bench_plan_first_round(p, p->options.process);
    int end = bench_plan_first_round(p, p->options.process + 1);

    prepare(p);
    for (int s = 0; s < p->n_sweep; s++) {
        for (int round = first; round < end; round++)
            throughput_round(p, s, round);
        if (!p->suite->no_latency)
            latency_round(p, s);
    }
}

/* SPDX-License-Identifier: MIT
 *
 * meta.c - meta.json: what was run, where, and how
 */
#include <jansson.h>

#include "compare.h"
#include "fail.h"
#include "machine.h"
#include "output.h"

/* One update in so many is timed: the same in all designs but the floor. */
static int sampled_one_in(const struct bench_plan *p)
{
    for (int i = 0; i < p->n_rows; i++)
        if (p->rows[i].design->sum_kind != BENCH_NO_SUM)
            return (int)p->rows[i].design->sample_every;
    return BENCH_SAMPLE_EVERY;
}

static json_t *method(const struct bench_plan *p, const struct bench_results *r)
{
    return json_pack(
        "{s:b, s:b, s:I, s:i, s:i, s:I, s:f, s:f, s:f, s:i, s:s, s:s}", "quick",
        p->options.quick, "aa", p->options.aa, "seed",
        (json_int_t)p->options.seed, "process_count", p->processes,
        "trials_per_row", p->rounds, "batch_updates", (json_int_t)r->batch,
        "trial_warm_ms", (double)p->warm_ns / 1e6, "trial_ms",
        (double)p->measure_ns / 1e6, "latency_trial_ms",
        (double)p->latency_ns / 1e6, "latency_one_in", sampled_one_in(p),
        "interval", "95 % order-statistic interval of the median",
        "ratio_interval",
        "sign-test interval of the paired log-ratios, Bonferroni in a table");
}

static json_t *processes(const struct bench_plan *p,
                         const struct bench_results *r)
{
    json_t *list = json_array();

    for (int i = 0; i < p->processes; i++)
        json_array_append_new(
            list, json_pack("{s:i, s:f, s:b}", "environment_padding_bytes",
                            r->env_bytes[i], "warm_up_ms", r->warmth[i].ms,
                            "steady", r->warmth[i].steady));
    return list;
}

static json_t *designs(const struct bench_plan *p)
{
    json_t *all = json_object();

    for (int i = 0; i < p->n_rows; i++)
        json_object_set_new(all, p->rows[i].name,
                            json_string(p->rows[i].design->what));
    return all;
}

/* Which of the trials were disturbed, and what the host admits. */
static json_t *disturbance(const struct bench_results *r)
{
    json_int_t disturbed = 0, ticks = 0;

    for (size_t i = 0; i < r->n_records; i++) {
        disturbed += r->records[i].disturbed;
        ticks += (json_int_t)r->records[i].trial.steal_ticks;
    }
    return json_pack("{s:I, s:I, s:I, s:o}", "trials", (json_int_t)r->n_records,
                     "disturbed", disturbed, "steal_ticks", ticks,
                     "load_average_at_end", bench_line_of("/proc/loadavg"));
}

void bench_write_meta(const struct bench_plan *p, const struct bench_results *r)
{
    json_t *meta = json_pack(
        "{s:s, s:s, s:o, s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o}", "suite",
        p->suite->name, "unit", bench_plan_unit(p), "finished", bench_utc_now(),
        "commit", p->options.commit, "compiler", BENCH_COMPILER, "flags",
        BENCH_FLAGS, "machine", bench_machine(&p->cpus), "method", method(p, r),
        "designs", designs(p), "processes", processes(p, r), "disturbance",
        disturbance(r));
    FILE *f = bench_create(p->options.out, "meta.json");

    if (meta == NULL || json_dumpf(meta, f, JSON_INDENT(4)) != 0)
        bench_fail("cannot write meta.json");
    fputc('\n', f);
    bench_close(f, "meta.json");
    json_decref(meta);
}

/* SPDX-License-Identifier: MIT
 *
 * results.c - see results.h
 */
#include "results.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "fail.h"

struct bench_results *bench_results_new(const struct bench_plan *p)
{
    struct bench_results *r = bench_alloc(1, sizeof *r);

    r->latency = bench_alloc((size_t)(p->n_sweep * p->n_rows),
                             sizeof(struct bench_recorder *));
    r->heat = bench_alloc((size_t)(p->n_sweep * p->n_rows),
                          sizeof(struct bench_heat *));
    r->memory =
        bench_alloc((size_t)(p->n_sweep * p->n_rows), sizeof *r->memory);
    r->floor = bench_recorder_new();
    return r;
}

void bench_results_free(const struct bench_plan *p, struct bench_results *r)
{
    for (int i = 0; i < p->n_sweep * p->n_rows; i++)
        free(r->latency[i]);
    for (int i = 0; i < p->n_sweep * p->n_rows; i++)
        free(r->heat[i]);
    free(r->latency);
    free(r->heat);
    free(r->memory);
    free(r->floor);
    free(r->records);
    free(r);
}

void bench_results_print_buckets(const char *prefix,
                                 const struct bench_recorder *r)
{
    for (int i = 0; i < BENCH_RECORDER_BUCKETS; i++) {
        uint64_t high = bench_bucket_high(i);

        if (r->count[i] > 0)
            printf("%s %" PRIu64 " %" PRIu64 "\n", prefix,
                   high < r->max ? high : r->max, r->count[i]);
    }
}

void bench_results_print_trial(const struct bench_record *r)
{
    const struct bench_trial *t = &r->trial;

    printf("trial %d %d %d %d %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64
           " %" PRIu64 " %" PRIu64 " %d\n",
           r->sweep, r->round, r->position, r->row, t->updates, t->window_ns,
           t->expected, t->sum, t->stolen_ns, t->steal_ticks, t->failed);
    if (t->memory.series > 0)
        printf("memory %d %d %" PRIu64 " %" PRIu64 " %" PRIu64 "\n", r->sweep,
               r->row, t->memory.series, t->memory.bytes, t->memory.lines);
}

static bool in_plan(const struct bench_plan *p, int sweep, int row)
{
    return sweep >= 0 && sweep < p->n_sweep && row >= 0 && row < p->n_rows;
}

static void store(const struct bench_plan *p, struct bench_results *r,
                  struct bench_record *new)
{
    const struct bench_row *row = &p->rows[new->row];

    new->disturbed = bench_trial_disturbed(&new->trial);
    new->ns_per_update = bench_trial_ns_per_update(
        &new->trial, p->sweep[new->sweep], row->design->sum_kind);
    if (r->n_records == r->room) {
        r->room = r->room > 0 ? 2 * r->room : 256;
        r->records = realloc(r->records, r->room * sizeof *r->records);
        if (r->records == NULL)
            bench_fail("no memory for %zu trials", r->room);
    }
    r->records[r->n_records++] = *new;
}

static int trial_line(const struct bench_plan *p, struct bench_results *r,
                      int process, const char *line)
{
    struct bench_record new = {.process = process};
    struct bench_trial *t = &new.trial;
    int failed;

    if (sscanf(line,
               "trial %d %d %d %d %" SCNu64 " %" SCNu64 " %" SCNu64 " %" SCNu64
               " %" SCNu64 " %" SCNu64 " %d",
               &new.sweep, &new.round, &new.position, &new.row, &t->updates,
               &t->window_ns, &t->expected, &t->sum, &t->stolen_ns,
               &t->steal_ticks, &failed) != 11 ||
        !in_plan(p, new.sweep, new.row) || new.round < 0 ||
        new.round >= p->rounds)
        return -1;
    t->failed = failed;
    store(p, r, &new);
    return 0;
}

static int latency_line(const struct bench_plan *p, struct bench_results *r,
                        const char *line)
{
    int sweep, row;
    uint64_t value, count;
    struct bench_recorder **to;

    if (sscanf(line, "latency %d %d %" SCNu64 " %" SCNu64, &sweep, &row, &value,
               &count) != 4 ||
        !in_plan(p, sweep, row))
        return -1;
    to = &r->latency[sweep * p->n_rows + row];
    if (*to == NULL)
        *to = bench_recorder_new();
    bench_recorder_add_n(*to, value, count);
    return 0;
}

static int heat_line(const struct bench_plan *p, struct bench_results *r,
                     const char *line)
{
    int sweep, row, slice, bin;
    uint64_t count;
    struct bench_heat **to;

    if (sscanf(line, "heat %d %d %d %d %" SCNu64, &sweep, &row, &slice, &bin,
               &count) != 5 ||
        !in_plan(p, sweep, row) || slice < 0 || slice >= BENCH_HEAT_SLICES ||
        bin < 0 || bin >= BENCH_HEAT_BINS)
        return -1;
    to = &r->heat[sweep * p->n_rows + row];
    if (*to == NULL)
        *to = bench_heat_new(p->latency_ns);
    (*to)->count[slice][bin] += count;
    return 0;
}

static int memory_line(const struct bench_plan *p, struct bench_results *r,
                       const char *line)
{
    struct bench_memory m, *to;
    int sweep, row;

    if (sscanf(line, "memory %d %d %" SCNu64 " %" SCNu64 " %" SCNu64, &sweep,
               &row, &m.series, &m.bytes, &m.lines) != 5 ||
        !in_plan(p, sweep, row))
        return -1;
    to = &r->memory[sweep * p->n_rows + row];
    to->series = m.series;
    to->bytes = m.bytes > to->bytes ? m.bytes : to->bytes;
    to->lines = m.lines > to->lines ? m.lines : to->lines;
    return 0;
}

int bench_results_line(const struct bench_plan *p, struct bench_results *r,
                       int process, const char *line)
{
    uint64_t value, count;
    int steady;

    if (strncmp(line, "begin ", 6) == 0)
        return 0;
    if (strncmp(line, "trial ", 6) == 0)
        return trial_line(p, r, process, line);
    if (strncmp(line, "latency ", 8) == 0)
        return latency_line(p, r, line);
    if (strncmp(line, "heat ", 5) == 0)
        return heat_line(p, r, line);
    if (strncmp(line, "memory ", 7) == 0)
        return memory_line(p, r, line);
    if (sscanf(line, "floor %" SCNu64 " %" SCNu64, &value, &count) == 2) {
        bench_recorder_add_n(r->floor, value, count);
        return 0;
    }
    if (sscanf(line, "warmth %lf %d", &r->warmth[process].ms, &steady) == 2) {
        r->warmth[process].steady = steady;
        return 0;
    }
    return -1;
}

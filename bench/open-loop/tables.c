/* SPDX-License-Identifier: MIT */
#include "tables.h"

#include <stdlib.h>
#include <string.h>

#include "fail.h"
#include "output.h"

enum from { DUE, SENT, CLIENT, FROMS };

static const char *const from_name[FROMS] = {"due", "sent", "client"};

static struct bench_recorder *recorder_of(const struct bench_latencies *l,
                                          enum from from)
{
    return from == DUE ? l->due : from == SENT ? l->sent : l->client;
}

static struct bench_latencies new_latencies(void)
{
    return (struct bench_latencies){bench_recorder_new(), bench_recorder_new(),
                                    bench_recorder_new()};
}

/* Microseconds, as the tables have them. */
static double us(const struct bench_recorder *r, double percent)
{
    return (double)bench_recorder_percentile(r, percent) / 1e3;
}

void bench_open_loop_begin(struct bench_open_loop *t)
{
    bench_make_folder(t->out);
    t->csv = bench_create(t->out, "open-loop.csv");
    fputs("load,round,program,per_second,from,n,p50_us,p90_us,p99_us,p999_us,"
          "max_us,capacity\n",
          t->csv);
    t->round = new_latencies();
}

void bench_open_loop_load(struct bench_open_loop *t, const char *name)
{
    int l = t->loads++;

    t->load[l].name = name;
    for (int s = 0; s < t->servers; s++)
        t->load[l].all[s] = new_latencies();
}

const struct bench_latencies *bench_open_loop_round(struct bench_open_loop *t)
{
    for (int f = 0; f < FROMS; f++)
        memset(recorder_of(&t->round, f), 0, sizeof(struct bench_recorder));
    return &t->round;
}

void bench_open_loop_said(struct bench_open_loop *t, int load, int server,
                          int round, double per_second, double capacity)
{
    t->rounds = round;
    t->load[load].per_second[server] += per_second;
    for (int f = 0; f < FROMS; f++) {
        const struct bench_recorder *r = recorder_of(&t->round, f);

        fprintf(t->csv, "%s,%d,%s,%.1f,%s,%llu,%.1f,%.1f,%.1f,%.1f,%.1f,%.1f\n",
                t->load[load].name, round, t->name[server], per_second,
                from_name[f], (unsigned long long)r->total, us(r, 50),
                us(r, 90), us(r, 99), us(r, 99.9), (double)r->max / 1e3,
                capacity);
        bench_recorder_merge(recorder_of(&t->load[load].all[server], f), r);
    }
}

static void write_percentiles(const struct bench_open_loop *t, int load,
                              int server, enum from from)
{
    char name[256];
    FILE *f;

    snprintf(name, sizeof name, "latency-%s-%s-%s.hgrm", t->load[load].name,
             t->name[server], from_name[from]);
    f = bench_create(t->out, name);
    bench_recorder_write(recorder_of(&t->load[load].all[server], from), f);
    bench_close(f, name);
}

static void report_from(const struct bench_recorder *r)
{
    printf("  %8.0f %8.0f %8.0f %8.0f", us(r, 50), us(r, 99), us(r, 99.9),
           (double)r->max / 1e3);
}

static void report(const struct bench_open_loop *t, int load)
{
    printf("\nLoad '%s', microseconds for a page:\n%-16s %8s  %-35s  %s\n",
           t->load[load].name, "", "pages", "from when it was due",
           "from when it was sent");
    printf("%-16s %8s  %8s %8s %8s %8s  %8s %8s %8s %8s\n", "", "a second",
           "50 %", "99 %", "99.9 %", "longest", "50 %", "99 %", "99.9 %",
           "longest");
    for (int s = 0; s < t->servers; s++) {
        printf("%-16s %8.1f", t->name[s],
               t->load[load].per_second[s] / t->rounds);
        report_from(t->load[load].all[s].due);
        report_from(t->load[load].all[s].sent);
        putchar('\n');
    }
}

/* The client's own lateness, over all servers and loads. */
static void report_client(const struct bench_open_loop *t)
{
    struct bench_recorder *all = bench_recorder_new();

    for (int l = 0; l < t->loads; l++)
        for (int s = 0; s < t->servers; s++)
            bench_recorder_merge(all, t->load[l].all[s].client);
    printf(
        "\nThe client itself sent so much too late: median %.2f, 99 %% %.1f, "
        "longest %.0f microseconds\n",
        us(all, 50), us(all, 99), (double)all->max / 1e3);
    free(all);
}

static void forget(const struct bench_latencies *l)
{
    for (int f = 0; f < FROMS; f++)
        free(recorder_of(l, f));
}

void bench_open_loop_end(struct bench_open_loop *t)
{
    bench_close(t->csv, "open-loop.csv");
    for (int l = 0; l < t->loads; l++) {
        for (int s = 0; s < t->servers; s++)
            for (int f = 0; f < FROMS; f++)
                write_percentiles(t, l, s, f);
        report(t, l);
    }
    report_client(t);
    for (int l = 0; l < t->loads; l++)
        for (int s = 0; s < t->servers; s++)
            forget(&t->load[l].all[s]);
    forget(&t->round);
}

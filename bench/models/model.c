/* SPDX-License-Identifier: MIT
 *
 * model.c - the counter designs on 1 to 128 cores of a model
 *
 *     bench-model OUT [COMPLEX SOCKET]
 *
 * COMPLEX and SOCKET: how many cores each has (8 and 64). Writes model.csv,
 * residuals.csv and parameters.csv into OUT; bench/README.md has the columns.
 */
#include <stdio.h>
#include <stdlib.h>

#include "fail.h"
#include "fit.h"
#include "output.h"

static double share(uint64_t part, const struct model_counts *c)
{
    return (double)part / (double)c->updates;
}

/* ---- all designs ---- */

static void write_run(FILE *f, const char *order, const struct model_design *d,
                      int cores, const char *times,
                      const struct model_counts *c)
{
    fprintf(f, "%s,%s,%d,%s,%.6g,%.6g,%.6g,%.6g,%.6g,%.6g,%.6g\n", order,
            d->name, cores, times, model_ns(c, cores), share(c->transfers, c),
            share(c->upgrades, c), share(c->invalidations, c),
            share(c->failed, c), share(c->sleeps, c), share(c->lost, c));
}

static void write_order(FILE *f, const char *order,
                        const struct model_machine *m)
{
    for (size_t i = 0; i < model_n_designs; i++)
        for (int cores = 1; cores <= MODEL_MAX_CORES; cores *= 2) {
            const struct model_design *d = &model_designs[i];
            struct model_band b = model_band(m, d, cores);

            write_run(f, order, d, cores, "fast", &b.counts[MODEL_LOW]);
            write_run(f, order, d, cores, "slow", &b.counts[MODEL_HIGH]);
        }
}

static void write_designs(const char *out, const struct model_machine *strict,
                          const struct model_machine *fitted)
{
    FILE *f = bench_create(out, "model.csv");

    fputs("order,design,cores,times,ns_per_update,transfers,upgrades,"
          "invalidations,failed,sleeps,lost_share\n",
          f);
    write_order(f, "strict", strict);
    write_order(f, "overlap", fitted);
    bench_close(f, "model.csv");
}

/* ---- against what was published ---- */

static void write_residual(FILE *f, const char *order,
                           const struct model_machine *m,
                           const struct model_point *p)
{
    struct model_band b = model_band(m, model_find(p->design), p->cores);
    /* Nothing is fitted in the strict order. */
    enum model_role role =
        m->overlap == 0 && p->role == MODEL_FITTED ? MODEL_CHECKED : p->role;

    fprintf(f, "%s,%s,%d,%s,%g,%g,%g,%.6g,%.6g,%.4f\n", order, p->design,
            p->cores, model_role_text(role), p->ns, p->least, p->most, b.low,
            b.high, model_middle(&b) / p->ns);
}

static void write_residuals(const char *out, const struct model_machine *strict,
                            const struct model_machine *fitted)
{
    FILE *f = bench_create(out, "residuals.csv");

    fputs("order,design,cores,role,published_ns,least,most,model_low,"
          "model_high,model_per_published\n",
          f);
    for (size_t i = 0; i < model_n_points; i++)
        write_residual(f, "strict", strict, &model_points[i]);
    for (size_t i = 0; i < model_n_points; i++)
        write_residual(f, "overlap", fitted, &model_points[i]);
    bench_close(f, "residuals.csv");
}

/* ---- what went in ---- */

static void time_of(FILE *f, const char *name, int64_t low, int64_t high,
                    const char *source)
{
    fprintf(f, "%s,%g,%g,ns,%s\n", name, (double)low * 1e-3,
            (double)high * 1e-3, source);
}

static void write_parameters(const char *out, const struct model_machine *m)
{
    static const char *const transfer = "core-to-core-latency",
                             *const one = "perfbook at one thread",
                             *const assumed = "assumed";
    FILE *f = bench_create(out, "parameters.csv");

    fputs("parameter,low,high,unit,source\n", f);
    fprintf(f, "cores of a complex,%d,%d,cores,EPYC Milan\n", m->level[0].cores,
            m->level[0].cores);
    fprintf(f, "cores of a socket,%d,%d,cores,EPYC Milan\n", m->level[1].cores,
            m->level[1].cores);
    time_of(f, "transfer inside of a complex", m->level[0].low,
            m->level[0].high, transfer);
    time_of(f, "transfer between complexes", m->level[1].low, m->level[1].high,
            transfer);
    time_of(f, "transfer between sockets", m->level[2].low, m->level[2].high,
            transfer);
    time_of(f, "load", m->load, m->load, one);
    time_of(f, "store", m->store, m->store, one);
    time_of(f, "atomic", m->rmw, m->rmw, one);
    time_of(f, "turn of a waiting loop", m->pause, m->pause, assumed);
    time_of(f, "system call", m->call, m->call, assumed);
    time_of(f, "waking a thread", m->wake, m->wake, assumed);
    fprintf(f, "overlap,%g,%g,share,fitted to fetch-add at 2 4 and 8 threads\n",
            m->overlap * 1e-3, m->overlap * 1e-3);
    bench_close(f, "parameters.csv");
}

static int cores_of(const char *text)
{
    int cores = atoi(text);

    if (cores < 1 || cores > MODEL_MAX_CORES)
        bench_fail("'%s' is no number of cores: say 1 to %d", text,
                   MODEL_MAX_CORES);
    return cores;
}

int main(int argc, char **argv)
{
    struct model_machine strict = model_milan, fitted;

    if (argc != 2 && argc != 4)
        bench_fail("usage: bench-model OUT [COMPLEX SOCKET]");
    if (argc == 4) {
        strict.level[0].cores = cores_of(argv[2]);
        strict.level[1].cores = cores_of(argv[3]);
    }
    if (strict.level[1].cores % strict.level[0].cores != 0)
        bench_fail("a socket of %d cores has no whole number of complexes of "
                   "%d",
                   strict.level[1].cores, strict.level[0].cores);
    fitted = strict;
    fitted.overlap = model_fit_overlap(&strict, model_points, model_n_points);
    bench_make_folder(argv[1]);
    write_parameters(argv[1], &fitted);
    write_residuals(argv[1], &strict, &fitted);
    write_designs(argv[1], &strict, &fitted);
    return 0;
}

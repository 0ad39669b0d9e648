/* SPDX-License-Identifier: MIT
 *
 * main.c - the life of a run: plan, measure, analyse, write
 */
#include <stdio.h>
#include <stdlib.h>

#include "analysis.h"
#include "fail.h"
#include "load.h"
#include "output.h"
#include "run.h"
#include "worker.h"

static int lead(const struct bench_plan *p, int argc, char **argv)
{
    struct bench_results *r;
    struct bench_analysis *a;
    int status;

    bench_make_folder(p->options.out); /* or fail now, not in an hour */
    r = bench_run(p, argc, argv);
    a = bench_analyse(p, r);
    bench_write_tables(p, r, a);
    bench_write_meta(p, r);
    bench_report(p, r, a);
    status = a->wrong > 0 ? 1 : 0;
    bench_analysis_free(a);
    bench_results_free(p, r);
    return status;
}

int bench_main(const struct bench_suite *suite, int argc, char **argv)
{
    struct bench_plan *p = bench_alloc(1, sizeof *p);
    struct bench_options options;
    int status = 0;

    bench_load_room(argv);
    bench_options_read(&options, argc, argv);
    bench_plan_make(p, suite, &options);
    if (options.process >= 0)
        bench_worker(p);
    else
        status = lead(p, argc, argv);
    free(p);
    return status;
}

/* SPDX-License-Identifier: MIT
 *
 * output.h - the files of a run, and the report on the terminal
 *
 * The columns and their units are in bench/README.md. Plots read these files
 * and nothing else.
 */
#ifndef BENCH_OUTPUT_H
#define BENCH_OUTPUT_H

#include "analysis.h"
#include "plan.h"
#include "results.h"

/* trials.csv, summary.csv, ratios.csv, latency.csv, the *.hgrm and, where
 * they were counted, heat.csv and memory.csv into the folder options.out, which
 * is made if missing. Ends the program when a file cannot be written. */
void bench_write_tables(const struct bench_plan *p,
                        const struct bench_results *r,
                        const struct bench_analysis *a);

/* meta.json: what was run, where, and how. */
void bench_write_meta(const struct bench_plan *p,
                      const struct bench_results *r);

/* The tables for a person, to standard output. */
void bench_report(const struct bench_plan *p, const struct bench_results *r,
                  const struct bench_analysis *a);

/* Opens folder/name for writing, and closes it; either ends the program when
 * it fails, a full disk included. */
FILE *bench_create(const char *folder, const char *name);
void bench_close(FILE *f, const char *name);

/* Makes a folder and those above it. */
void bench_make_folder(const char *folder);

#endif

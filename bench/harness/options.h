/* SPDX-License-Identifier: MIT
 *
 * options.h - the command line of a suite
 */
#ifndef BENCH_OPTIONS_H
#define BENCH_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

#define BENCH_MAX_IMPLS 16

struct bench_options {
    const char *designs; /* the folder of built designs */
    const char *out;     /* the folder for the results; made if missing */
    const char *impls[BENCH_MAX_IMPLS]; /* built implementations */
    int n_impls;
    const char *only;    /* names, with commas between; NULL: all designs. The
                          * empty loop and the baseline always run. */
    const char *threads; /* numbers, with commas between; NULL: the sweep */
    const char *commit;  /* of the sources, for meta.json */
    bool quick;
    bool try_only; /* with quick: whether all works and counts, no more */
    bool aa;       /* every design against itself, and nothing else */
    uint64_t seed;

    /* Set by the run itself for the processes that measure. */
    int process; /* -1: not one of them, the one that leads */
    uint64_t batch;
};

/* Reads the command line; ends the program with a sentence when it is wrong,
 * and after --help. Without --seed the seed is taken from the clock. */
void bench_options_read(struct bench_options *o, int argc, char **argv);

/* Whether a list with commas between holds the word; a NULL list holds all. */
bool bench_list_has(const char *list, const char *word);

#endif

/* SPDX-License-Identifier: MIT
 *
 * suite.h - an experiment: which designs, which questions
 *
 * A suite is a file with a struct bench_suite and a main() that hands it to
 * bench_main(), which does the rest: see `bench-counter --help`.
 */
#ifndef BENCH_SUITE_H
#define BENCH_SUITE_H

#include <stdbool.h>
#include <stddef.h>

struct bench_suite {
    const char *name;
    const char *floor;       /* the design whose loop does nothing */
    const char *baseline;    /* all others are compared with it, unless they say
                           * with whom; its copy is the A/A row */
    const char *(*pairs)[2]; /* further comparisons: design, reference */
    size_t n_pairs;
    const char *threads; /* numbers of threads, with commas between; NULL: 1, 2,
                          * ... CPUs and twice as many */
    const char *unit;    /* what an update is called here; NULL: update */
    bool no_latency;     /* throughput only: no update is timed by itself */
    bool heat;           /* heat.csv: when the slow updates were */

    /* For what happens seldom, where the usual (0) is too short: milliseconds
     * of a trial and of a latency trial, of which a quick run takes a fifth,
     * and the least rounds, of which it takes half. */
    unsigned trial_ms, latency_ms;
    int rounds;
};

/* Measures and writes the results. Returns the exit status:
 * 0 done; 1 done, but a design counted wrong and has no number; 2 could not
 * be done, with a sentence on standard error. */
int bench_main(const struct bench_suite *suite, int argc, char **argv);

#endif

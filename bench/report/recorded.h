/* SPDX-License-Identifier: MIT
 *
 * recorded.h - reads a folder of results back
 *
 * What is needed to compare two of them: who measured, and the trials of each
 * row at each number of threads. Ends the program with a sentence when a file
 * is missing or says something else.
 */
#ifndef BENCH_RECORDED_H
#define BENCH_RECORDED_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/* The trials of one row at one number of threads. */
struct recorded_cell {
    char design[64];
    int threads;
    double *ns;      /* of each trial with a number */
    bool *disturbed; /* likewise */
    size_t n, room;
    size_t wrong;   /* trials without a number */
    double aa_band; /* of its table, at least 1 */
};

struct recorded {
    const char *folder;
    json_t *meta;
    struct recorded_cell *cells; /* in the order of the file */
    size_t n_cells;
};

void recorded_read(struct recorded *r, const char *folder);
void recorded_free(struct recorded *r);

/* NULL when there is none. */
const struct recorded_cell *recorded_find(const struct recorded *r,
                                          const char *design, int threads);

/* The value of a path such as "machine.host", as a text; "?" when there is
 * none. It is overwritten by the eighth call after this one. */
const char *recorded_meta(const struct recorded *r, const char *path);

#endif

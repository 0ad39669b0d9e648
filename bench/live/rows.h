/* SPDX-License-Identifier: MIT
 *
 * rows.h - the designs of the lecture, each with a key and what was last
 * measured
 */
#ifndef LIVE_ROWS_H
#define LIVE_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "design.h"

enum { ROWS = 6 };

struct row {
    char key;
    const struct bench_design *design;
    double per_second; /* updates of all threads */
    double lost;       /* the share of the updates, 0..1 */
    bool wrong;        /* it counts wrong, and promises not to */
    bool seen;         /* measured at least once */
};

struct rows {
    struct row row[ROWS];
    size_t picked;
};

/* Loads them from a folder of built designs; ends the program with a sentence
 * when one is missing. The first is picked. */
void rows_load(struct rows *r, const char *folder);

/* Picks the design of that key; another key does nothing. */
void rows_pick(struct rows *r, char key);

#endif

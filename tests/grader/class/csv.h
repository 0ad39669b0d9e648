/* SPDX-License-Identifier: MIT
 *
 * csv.h - tables as text: RFC 4180, as spreadsheets and course systems write it
 *
 *     struct csv c;
 *
 *     if (!csv_load(&c, "roster.csv"))
 *         fprintf(stderr, "%s\n", c.problem);
 *     while (csv_next(&c))
 *         puts(c.cell[0]);
 *     csv_free(&c);
 *
 * The separator is the comma, semicolon or tab that the first line has most of.
 * A byte order mark is passed over. Text that is no UTF-8 is refused.
 */
#ifndef CLASS_CSV_H
#define CLASS_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum { CSV_CELLS = 256 };

struct csv {
    char *text, *at;
    char separator;
    char *cell[CSV_CELLS]; /* of the row; they live until csv_free() */
    size_t count;
    int line, next_line; /* where the row began, and where the next one does */
    char problem[4400];
};

/* Reads a whole file. Returns false with the problem. */
bool csv_load(struct csv *c, const char *path);

/* The next row that is not blank. False at the end, or with a problem. */
bool csv_next(struct csv *c);

/* Bytes of a cell are kept as they are. */
void csv_free(struct csv *c);

/* Writes a cell, with quotes when it needs them; `first` of a row or not. */
void csv_put(FILE *f, bool first, const char *text);

#endif

/* SPDX-License-Identifier: MIT
 *
 * hints.h - how many steps of help a student has asked for
 *
 * `make hint` keeps them in hints.txt beside the lab's files, a line a test:
 *
 *     add_refuses_nan 2
 *
 * It is handed in with them, and a result says what it says. Whoever deletes
 * it has no hints on record: it informs a teacher, and no point depends on it.
 */
#ifndef GRADER_HINTS_H
#define GRADER_HINTS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#define HINTS_FILE "hints.txt"
enum { HINTS_STEPS = 3, HINTS_BYTES = 8192 };

/* What the text says of a test: 0 to HINTS_STEPS. What is no such line counts
 * for nothing. */
int hints_of(const char *text, const char *test);

/* Writes `hints` into the lab of a result, and into its tests. */
void hints_note(json_t *lab, const char *text);

/* The file of a folder as a string; "" when there is none. */
void hints_read(const char *path, char text[HINTS_BYTES]);

/* Sets the number of a test, and writes the file whole. On failure says why on
 * standard error. */
bool hints_write(const char *path, const char *text, const char *test, int n);

#endif

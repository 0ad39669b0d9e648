/* SPDX-License-Identifier: MIT
 *
 * report.h - a result as text for a person
 */
#ifndef GRADER_REPORT_H
#define GRADER_REPORT_H

#include <jansson.h>
#include <stdbool.h>

/* Colours only on a terminal, and not when NO_COLOR is set (no-color.org). */
bool report_colours(void);

/* PLAIN=1, for those who hear the text: no colours, no columns. */
bool report_plain(void);

/* One line while a lab is being graded; nothing when quiet. */
void report_progress(bool quiet, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* A test that failed, or is open: the sentence, what was done, what came. */
void report_test(const json_t *test);

/* Prints text from this column on, broken at spaces; ends the line. */
void report_paragraph(const char *text, int indent);

/* What failed in a lab, then its score. */
void report_lab(const json_t *lab);

/* Several results side by side: a row a lab, a column a result. */
void report_board(json_t *const results[], const char *const names[], size_t n);

#endif

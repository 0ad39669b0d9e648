/* SPDX-License-Identifier: MIT
 *
 * expo_parts.h - what the files of the checker share
 *
 * expo_line.c reads one line, expo_series.c remembers series, expo_family.c
 * knows the rules of the types, expo.c walks through the page.
 */
#ifndef SUPPORT_EXPO_PARTS_H
#define SUPPORT_EXPO_PARTS_H

#include "expo.h"

#include <setjmp.h>
#include <stdint.h>

/* ---- the reader ---- */

struct series;

struct reader {
    const char *at, *end;
    enum expo_format format;
    size_t line;
    struct expo_problem *why;
    jmp_buf refused; /* where expo_refuse() goes */
    void *c_locale;
};

/* Ends the check. */
_Noreturn void expo_refuse(struct reader *r, const char *rule,
                           const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#define SPAN(s) (int)((s).n > 60 ? 60 : (s).n), (s).at

bool span_is(struct expo_span s, const char *text);
bool span_equal(struct expo_span a, struct expo_span b);
/* The span ends with the text, and is longer; then it is cut off. */
bool span_cut(struct expo_span *s, const char *suffix);

/* ---- expo_line.c ---- */

bool line_starts(const struct reader *r, const char *text);
void line_expect(struct reader *r, const char *text, const char *rule);
/* One space; in the text format any number of spaces and tabs. */
void line_space(struct reader *r);
void line_spaces(struct reader *r); /* none, or some in the text format */
void line_end(struct reader *r);
struct expo_span line_word(struct reader *r);
struct expo_span line_metric_name(struct reader *r);
struct expo_span line_help(struct reader *r);
struct expo_span line_comment(struct reader *r);
double line_number(struct reader *r, struct expo_span *text);
size_t line_labels(struct reader *r, struct expo_label *labels);
/* Reads what follows a name: labels, value, time; not an exemplar. */
void line_sample(struct reader *r, struct expo_sample *s);
const struct expo_label *sample_label(const struct expo_sample *s,
                                      const char *name);
double span_number(struct reader *r, struct expo_span s, const char *rule);

/* ---- expo_series.c ---- */

/* A table of what has been seen, found by a name or by labels. */
struct seen_entry {
    uint64_t hash;
    struct expo_span name; /* of a sample: its line goes on behind it */
    size_t line, index;    /* index: the user's */
    bool has_time;
    double time;
};

struct seen {
    struct seen_entry *entries;
    size_t count, room; /* room is 0 or a power of two */
};

/* Finds the sample's series or, with `without`, what has the same labels but
 * for that one. What is not there is added. Returns the entry; *is_new says
 * which. */
struct seen_entry *seen_sample(struct reader *r, struct seen *seen,
                               const struct expo_sample *s, const char *without,
                               bool *is_new);
/* The same for a name alone, which must live as long as the table. */
struct seen_entry *seen_name(struct reader *r, struct seen *seen,
                             struct expo_span name, bool *is_new);
void seen_clear(struct seen *seen);
void seen_free(struct seen *seen);

/* ---- expo_family.c ---- */

struct group; /* one label set of a family */

struct family {
    struct expo_span name, type, unit;
    bool has_type, has_help, has_unit, has_samples;
    struct seen series, groups;
    struct group *group; /* groups.count of them */
    size_t group_room, last_group;
};

/* Whether the sample's name belongs to the family. */
bool family_owns(const struct reader *r, const struct family *f,
                 struct expo_span name);
/* Checks the type of a TYPE line. */
void family_check_type(struct reader *r, struct expo_span type);
/* Names that the family takes, the i-th suffix; NULL behind the last. */
const char *family_suffix(const struct reader *r, const struct family *f,
                          size_t i);
void family_take(struct reader *r, struct family *f,
                 const struct expo_sample *s, bool exemplar);
void family_end(struct reader *r, struct family *f);

#endif

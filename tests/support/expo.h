/* SPDX-License-Identifier: MIT
 *
 * expo.h - a strict checker of exposition pages
 *
 *     struct expo_problem why;
 *
 *     if (!expo_check(page, size, EXPO_TEXT, NULL, NULL, &why))
 *         fprintf(stderr, "%zu: %s: %s\n", why.line, why.rule, why.found);
 *
 * Prometheus itself takes many pages that break the rules: it leaves out what
 * it cannot use, and its target stays green. This checker refuses them, and
 * says which line breaks which rule. A page is read once, from its beginning;
 * the first problem ends the check.
 *
 * Stricter than the parsers of Prometheus and of its Python client where the
 * specification is; tests/support/expo.md lists where they disagree.
 *
 * Not checked: HTTP headers; whether a number is the shortest one (but le of
 * OpenMetrics must be); whether help, units and names follow the conventions.
 * A line may have 64 labels, and a number 400 characters.
 *
 * Sources: prometheus/docs, "Exposition formats", text format 0.0.4;
 * OpenMetrics 1.0. Threads: any, any time.
 */
#ifndef SUPPORT_EXPO_H
#define SUPPORT_EXPO_H

#include <stdbool.h>
#include <stddef.h>

enum expo_format { EXPO_TEXT, EXPO_OPENMETRICS };

enum { EXPO_LABELS = 64 };

/* A piece of the page: not ended by '\0'. */
struct expo_span {
    const char *at;
    size_t n;
};

/* Label values are as on the page, with their escapes. */
struct expo_label {
    struct expo_span name, value;
};

struct expo_sample {
    struct expo_span family; /* as TYPE names it, or the name */
    struct expo_span type;   /* as TYPE says; n is 0 without one */
    struct expo_span name;
    size_t labels;
    struct expo_label label[EXPO_LABELS];
    double value;
    bool has_time;
    double time; /* milliseconds in the text format, seconds in OpenMetrics */
    size_t line; /* from 1 */
};

struct expo_problem {
    size_t line;
    const char *rule; /* a word or two, lives for ever */
    char found[200];
};

/* Is shown each sample, in the order of the page. It lives during the call. */
typedef void expo_sample_fn(void *ctx, const struct expo_sample *s);

/* A page is OpenMetrics when its last line is # EOF. */
enum expo_format expo_guess(const char *page, size_t size);

/* Returns whether the page is valid; else *why says the first problem. show
 * may be NULL; samples before the problem have been shown. */
bool expo_check(const char *page, size_t size, enum expo_format format,
                expo_sample_fn *show, void *ctx, struct expo_problem *why);

#endif

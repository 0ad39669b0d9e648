/* SPDX-License-Identifier: MIT
 *
 * report.c - a result as text for a person
 *
 * A failed test says, in this order: the sentence of the contract, what was
 * done, what was expected, what came back, and the command that repeats it.
 */
#include "report.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WIDTH = 78, INDENT = 8, LABEL = 10, OUTPUT_LINES = 8 };

static bool is_set(const char *name)
{
    const char *value = getenv(name);

    return value && *value;
}

bool report_plain(void)
{
    return is_set("PLAIN");
}

bool report_colours(void)
{
    return isatty(1) && !is_set("NO_COLOR") && !report_plain();
}

static const char *red(void)
{
    return report_colours() ? "\033[31m" : "";
}

static const char *green(void)
{
    return report_colours() ? "\033[32m" : "";
}

static const char *plain(void)
{
    return report_colours() ? "\033[0m" : "";
}

void report_progress(bool quiet, const char *format, ...)
{
    va_list list;

    if (quiet)
        return;
    va_start(list, format);
    vprintf(format, list);
    va_end(list);
    fflush(stdout);
}

static const char *text_of(const json_t *o, const char *key)
{
    const char *s = json_string_value(json_object_get(o, key));

    return s ? s : "";
}

/* Prints text with a hanging indent, broken at spaces. */
void report_paragraph(const char *text, int indent)
{
    int column = indent;

    while (*text) {
        int n = (int)strcspn(text, " \n");
        if (column > indent && column + 1 + n > WIDTH) {
            printf("\n%*s", indent, "");
            column = indent;
        }
        if (column > indent)
            column += printf(" ");
        column += printf("%.*s", n, text);
        text += n;
        if (*text == '\n') {
            printf("\n%*s", indent, "");
            column = indent;
        }
        text += *text != '\0';
    }
    printf("\n");
}

static void field(const char *label, const char *text)
{
    if (!*text)
        return;
    printf("%*s%-*s", INDENT, "", LABEL, label);
    report_paragraph(text, INDENT + LABEL);
}

static void steps_of(const json_t *test)
{
    const json_t *steps = json_object_get(test, "steps");
    size_t i;
    json_t *s;

    json_array_foreach(steps, i, s)
    {
        printf("%*s%-*s", INDENT, "", LABEL, i ? "" : "did");
        printf("%2zu  %s\n", i + 1, json_string_value(s));
    }
}

/* The explorer's timeline: as it is, but no wider than it must be. */
static void timeline_of(const json_t *test)
{
    size_t i;
    json_t *l;

    json_array_foreach(json_object_get(test, "timeline"), i, l)
    {
        printf("%s%*s%s\n", i ? "" : "\n", INDENT, "", json_string_value(l));
    }
    if (json_array_size(json_object_get(test, "timeline")))
        printf("\n");
}

/* What the submission printed: data, shown line by line behind a bar. */
static void output_of(const json_t *test)
{
    const char *p = text_of(test, "output");

    for (int i = 0; *p && i < OUTPUT_LINES; i++) {
        int n = (int)strcspn(p, "\n");
        printf("%*s%-*s| %.*s\n", INDENT, "", LABEL, i ? "" : "printed",
               n > WIDTH ? WIDTH : n, p);
        p += n + (p[n] == '\n');
    }
    if (*p)
        printf("%*s| ...\n", INDENT + LABEL, "");
}

void report_test(const json_t *t)
{
    bool failed = strcmp(text_of(t, "status"), "failed") == 0;
    char points[40];

    snprintf(points, sizeof points, "%d of %d points",
             (int)json_integer_value(json_object_get(t, "score")),
             (int)json_integer_value(json_object_get(t, "max_score")));
    if (report_plain())
        printf("\n%s, %s: %s.\n", text_of(t, "name"),
               failed ? "failed" : "open", points);
    else
        printf("\n  %s%-4s%s  %-52s%16s\n", failed ? red() : "",
               failed ? "FAIL" : "OPEN", plain(), text_of(t, "name"), points);
    char sentence[1024];
    snprintf(sentence, sizeof sentence, "\"%s\"", text_of(t, "sentence"));
    printf("%*s", INDENT, "");
    report_paragraph(sentence, INDENT);
    steps_of(t);
    timeline_of(t);
    field("expected", text_of(t, "expected"));
    field("got", text_of(t, "got"));
    output_of(t);
    field("hint", text_of(t, "hint"));
    field("again", text_of(t, "repeat"));
    field("debug", text_of(t, "debug"));
}

/* What stands beside a pass of the explorer: how far it looked. */
static void report_bounds(const json_t *t)
{
    const json_t *bounds = json_object_get(t, "bounds");
    size_t i;
    json_t *b;

    if (json_array_size(bounds) == 0)
        return;
    printf("\n  pass %s, as far as it looked:\n", text_of(t, "name"));
    json_array_foreach(bounds, i, b)
    {
        printf("%*s", INDENT, "");
        report_paragraph(json_string_value(b), INDENT);
    }
    printf("%*s", INDENT, "");
    report_paragraph("What it does not model: tests/interleave/README.md.",
                     INDENT);
}

/* Of a compiler that made the program all the same. */
static void report_warnings(const json_t *lab)
{
    const json_t *first = json_object_get(lab, "warnings");
    json_int_t more = json_integer_value(json_object_get(lab, "warnings_more"));
    size_t i;
    json_t *t;

    if (json_array_size(first))
        printf("\n  The compiler warns (this costs no points):\n");
    json_array_foreach(first, i, t)
    {
        char text[600], *line;
        snprintf(text, sizeof text, "%s", json_string_value(t));
        line = strchr(text, '\n');
        if (line)
            *line++ = '\0';
        printf("%*s", INDENT, "");
        report_paragraph(text, INDENT);
        if (line)
            printf("%*s%s\n", INDENT + 4, "", line);
    }
    if (more)
        printf("%*sand %lld more\n", INDENT, "", (long long)more);
}

static size_t count(const json_t *lab, const char *status)
{
    size_t i, n = 0;
    json_t *t;

    json_array_foreach(json_object_get(lab, "tests"), i, t)
    {
        n += strcmp(text_of(t, "status"), status) == 0;
    }
    return n;
}

void report_lab(const json_t *lab)
{
    const char *problem = text_of(lab, "problem");
    long score = (long)json_integer_value(json_object_get(lab, "score"));
    long most = (long)json_integer_value(json_object_get(lab, "max_score"));
    size_t i;
    json_t *t;

    if (*problem)
        printf("\n%s\n", problem);
    report_warnings(lab);
    json_array_foreach(json_object_get(lab, "tests"), i, t)
    {
        const char *s = text_of(t, "status");
        if (!*problem && strcmp(s, "passed") != 0 && strcmp(s, "skipped") != 0)
            report_test(t);
        else if (!*problem && strcmp(s, "passed") == 0)
            report_bounds(t);
    }
    printf("\n  %s%-30s %ld of %ld points%s     %zu passed, %zu failed",
           score == most ? green() : "", text_of(lab, "lab"), score, most,
           plain(), count(lab, "passed"), count(lab, "failed"));
    if (count(lab, "inconclusive"))
        printf(", %zu inconclusive", count(lab, "inconclusive"));
    if (count(lab, "skipped"))
        printf(", %zu not asked for", count(lab, "skipped"));
    const json_t *hints = json_object_get(lab, "hints");
    if (hints)
        printf(", %d step%s of help", (int)json_integer_value(hints),
               json_integer_value(hints) == 1 ? "" : "s");
    printf("\n");
}

static const json_t *lab_of(const json_t *result, const char *name)
{
    size_t i;
    json_t *l;

    json_array_foreach(json_object_get(result, "labs"), i, l)
    {
        if (strcmp(text_of(l, "lab"), name) == 0)
            return l;
    }
    return NULL;
}

static void say_score(char text[40], const json_t *lab)
{
    long score = (long)json_integer_value(json_object_get(lab, "score"));
    long most = (long)json_integer_value(json_object_get(lab, "max_score"));

    snprintf(text, 40, "-");
    if (lab)
        snprintf(text, 40, "%ld of %ld (%ld %%)", score, most,
                 most ? 100 * score / most : 0);
}

static void board_row(json_t *const results[], const char *const names[],
                      size_t n, const char *lab)
{
    char score[40];

    printf(report_plain() ? "%s" : "  %-18s", lab);
    for (size_t k = 0; k < n; k++) {
        say_score(score, lab_of(results[k], lab));
        if (report_plain())
            printf(", %s %s", names[k], score);
        else
            printf("%22s", score);
    }
    printf("\n");
}

void report_board(json_t *const results[], const char *const names[], size_t n)
{
    size_t i;
    json_t *l;

    printf("\n");
    if (!report_plain()) {
        printf("  %-18s", "lab");
        for (size_t k = 0; k < n; k++)
            printf("%22s", names[k]);
        printf("\n");
    }
    json_array_foreach(json_object_get(results[0], "labs"), i, l)
    {
        board_row(results, names, n, text_of(l, "lab"));
    }
    printf("\n");
    for (size_t k = 0; k < n; k++)
        if (strcmp(text_of(results[k], "fence"), "limits") == 0)
            printf("  UNSANDBOXED: not for marks (%s): this machine gives no "
                   "namespaces\n",
                   names[k]);
}

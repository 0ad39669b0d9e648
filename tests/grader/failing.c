/* SPDX-License-Identifier: MIT
 *
 * failing.c - what a student at work is told
 */
#include "failing.h"

#include "report.h"

#include <stdio.h>
#include <string.h>

static const char *text_of(const json_t *o, const char *key)
{
    const char *s = json_string_value(json_object_get(o, key));

    return s ? s : "";
}

const char *failing_number(const struct lab *lab)
{
    static char number[sizeof lab->name];

    snprintf(number, sizeof number, "%.*s", (int)strcspn(lab->name, "-"),
             lab->name);
    return number;
}

static bool fails(const json_t *test)
{
    return strcmp(text_of(test, "status"), "failed") == 0;
}

const json_t *failing_first(const json_t *tests, const char *prefer)
{
    const json_t *first = NULL;
    size_t i;
    json_t *t;

    json_array_foreach(tests, i, t)
    {
        if (fails(t) && prefer && strcmp(text_of(t, "name"), prefer) == 0)
            return t;
        if (fails(t) && !first)
            first = t;
    }
    return first;
}

size_t failing_count(const json_t *tests)
{
    size_t i, n = 0;
    json_t *t;

    json_array_foreach(tests, i, t)
    {
        n += fails(t);
    }
    return n;
}

/* "make grade IMPL=labs" -> "make debug IMPL=labs LAB=03 TEST=name". What the
 * sanitizers and the explorer say of a whole suite cannot be debugged so. */
static json_t *debug_of(const struct order *o, const struct lab *lab,
                        const json_t *test)
{
    const char *suite = text_of(test, "suite");
    bool single =
        strcmp(suite, "contract") == 0 || strcmp(suite, "hidden") == 0;

    if (!single || strncmp(o->repeat, "make grade", 10) != 0)
        return NULL;
    return json_sprintf("make debug%s LAB=%s TEST=%s", o->repeat + 10,
                        failing_number(lab), text_of(test, "name"));
}

void failing_tell(const struct order *o, const struct lab *lab,
                  const json_t *test)
{
    json_t *t = json_copy((json_t *)test), *debug = debug_of(o, lab, test);

    if (!json_object_get(t, "max_score")) { /* of a run: no points yet */
        json_object_set(t, "max_score", json_object_get(t, "points"));
        json_object_set_new(t, "repeat",
                            json_sprintf("%s LAB=%s TEST=%s", o->repeat,
                                         failing_number(lab),
                                         text_of(test, "name")));
    }
    if (debug)
        json_object_set_new(t, "debug", debug);
    report_test(t);
    json_decref(t);
}

/* ---- what does not compile ---- */

static bool speaks_of(const char *line, const char *file)
{
    size_t n = strlen(file);

    return strncmp(line, file, n) == 0 && line[n] == ':';
}

/* A line of the compiler that names a file begins what it says of that. */
static const char *file_of(const struct lab *lab, const char *line,
                           const char *now)
{
    for (size_t i = 0; lab_source(lab, i); i++)
        if (speaks_of(line, lab_source(lab, i)))
            return lab_source(lab, i);
    return now;
}

/* The earlier lab's "NN-name/FILE", or NULL when the file is the lab's own. */
static const char *needed(const struct lab *lab, const char *file)
{
    for (size_t i = 0; i < lab->file_count; i++)
        if (strcmp(lab->files[i], file) == 0)
            return NULL;
    for (size_t i = 0; i < lab->need_count; i++)
        if (strcmp(strchr(lab->needs[i], '/') + 1, file) == 0)
            return lab->needs[i];
    return NULL;
}

static bool says_error(const char *line, size_t n)
{
    return memmem(line, n, "error:", 6) != NULL;
}

void failing_problem(const struct lab *lab, const char *problem)
{
    const char *file = "", *other = NULL;
    bool own = false;

    for (const char *p = problem; *p;) {
        size_t n = strcspn(p, "\n");
        file = file_of(lab, p, file);
        const char *need = needed(lab, file);
        if (need && !other && says_error(p, n))
            other = need;
        own |= !need && *file;
        if (!need && (p > problem || !strstr(problem, "does not compile")))
            printf("  %.*s\n", (int)n, p);
        p += n + (p[n] == '\n');
    }
    if (!own && other)
        printf("  %s needs %s, which does not compile: make watch LAB=%.2s\n",
               lab->name, other, other);
}

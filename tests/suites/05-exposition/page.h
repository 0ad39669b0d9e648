/* SPDX-License-Identifier: MIT
 *
 * page.h - a page of the submission, read by the strict checker
 */
#ifndef SUITE_PAGE_H
#define SUITE_PAGE_H

#include "judge/judge.h"
#include "support/expo.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE = 1 << 16, READ = 1 << 15 };

/* Not every suite uses all of it. */
#define UNUSED __attribute__((unused))

#define LABELS(...) ((const char *const[]){__VA_ARGS__})

/* What a page says, a sample a line: "name{a="b"} 3 (counter)"; a timestamp
 * would stand behind the value. */
struct read {
    char text[READ];
    size_t used;
};

UNUSED static void read_sample(void *ctx, const struct expo_sample *s)
{
    struct read *r = ctx;
    char labels[1024] = "", time[32] = "";
    size_t n = 0;

    for (size_t i = 0; i < s->labels && n < sizeof labels - 1; i++)
        n += (size_t)snprintf(labels + n, sizeof labels - n, "%c%.*s=\"%.*s\"",
                              i ? ',' : '{', (int)s->label[i].name.n,
                              s->label[i].name.at, (int)s->label[i].value.n,
                              s->label[i].value.at);
    if (s->has_time)
        snprintf(time, sizeof time, " at %g", s->time);
    n = (size_t)snprintf(r->text + r->used, sizeof r->text - r->used,
                         "%.*s%s%s %.17g%s (%.*s)\n", (int)s->name.n,
                         s->name.at, labels, s->labels ? "}" : "", s->value,
                         time, (int)s->type.n, s->type.at);
    r->used = r->used + n < sizeof r->text ? r->used + n : sizeof r->text - 1;
}

/* The page lives until the next call. */
UNUSED static const char *page_of(struct met_registry *r,
                                  enum met_format format, size_t *size)
{
    static char page[PAGE];

    EXPECT_CODE(met_expose(r, format, page, sizeof page - 1, size), 0);
    EXPECT(*size < sizeof page, "a length that fits into the buffer", "%zu",
           *size);
    page[*size] = '\0';
    return page;
}

UNUSED static void expect_valid(const char *page, size_t size,
                                enum met_format format, struct read *read)
{
    struct expo_problem why;

    read->used = 0;
    read->text[0] = '\0';
    if (!expo_check(page, size,
                    format == MET_TEXT ? EXPO_TEXT : EXPO_OPENMETRICS,
                    read_sample, read, &why))
        judge_fail("a page that the strict checker accepts",
                   "line %zu breaks the rule \"%s\": %s", why.line, why.rule,
                   why.found);
}

/* What the page says; lives until the next call. */
UNUSED static const char *says(struct met_registry *r, enum met_format format)
{
    static struct read read;
    size_t size = 0;
    const char *page = page_of(r, format, &size);

    expect_valid(page, size, format, &read);
    return read.text;
}

UNUSED static struct met_registry *new_registry(void)
{
    struct met_registry *r = NULL;

    EXPECT_CODE(met_registry_create(&r), 0);
    EXPECT(r != NULL, "met_registry_create stores a registry in *out", "NULL");
    return r;
}

UNUSED static struct met_child *new_child(struct met_family *f,
                                          const char *const *values, size_t n)
{
    struct met_child *c = NULL;

    EXPECT_CODE(met_family_child(f, values, n, &c), 0);
    return c;
}

UNUSED static void add_counter(struct met_registry *r, const char *name,
                               double v)
{
    struct met_family *f = NULL;

    EXPECT_CODE(met_registry_counter(r, name, "Help.", NULL, 0, &f), 0);
    struct met_child *c = new_child(f, NULL, 0);
    EXPECT_CODE(met_counter_add(met_child_counter(c), v), 0);
    met_child_release(c);
}

UNUSED static void add_gauge(struct met_registry *r, const char *name,
                             const char *help, double v)
{
    struct met_family *f = NULL;

    EXPECT_CODE(met_registry_gauge(r, name, help, NULL, 0, &f), 0);
    struct met_child *c = new_child(f, NULL, 0);
    met_gauge_set(met_child_gauge(c), v);
    met_child_release(c);
}

/* A histogram h with the label x="y" and these values. */
UNUSED static void add_histogram(struct met_registry *r, const double *bounds,
                                 size_t n, const double *values, size_t count)
{
    struct met_family *f = NULL;

    EXPECT_CODE(
        met_registry_histogram(r, "h", "Help.", LABELS("x"), 1, bounds, n, &f),
        0);
    struct met_child *c = new_child(f, LABELS("y"), 1);
    for (size_t i = 0; i < count; i++)
        met_histogram_observe(met_child_histogram(c), values[i]);
    met_child_release(c);
}

#endif

/* SPDX-License-Identifier: MIT
 *
 * collected.h - what a collect shows, as one text that a test can compare
 *
 *     counter hits "Hits." {code="200"} 3
 *     histogram h "Help." [1:1 2:1 +Inf:2] count 2 sum 9.5
 */
#ifndef COLLECTED_H
#define COLLECTED_H

#include "judge/judge.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { COLLECTED = 8192 };

struct page {
    char text[COLLECTED];
    size_t used;
};

static __attribute__((format(printf, 2, 3))) void
page_add(struct page *page, const char *format, ...)
{
    va_list list;

    va_start(list, format);
    page->used += (size_t)vsnprintf(
        page->text + page->used, sizeof page->text - page->used, format, list);
    va_end(list);
    if (page->used >= sizeof page->text)
        page->used = sizeof page->text - 1;
}

static void add_labels(struct page *page, const struct met_point *p)
{
    EXPECT(p->labels == 0 || (p->label_names && p->label_values),
           "a point has the names and values of its labels", "NULL");
    for (size_t i = 0; i < p->labels; i++)
        page_add(page, "%s%s=\"%s\"%s", i ? "," : " {",
                 p->label_names[i] ? p->label_names[i] : "NULL",
                 p->label_values[i] ? p->label_values[i] : "NULL",
                 i + 1 < p->labels ? "" : "}");
}

static void add_histogram(struct page *page, const struct met_point *p)
{
    EXPECT(p->cumulative && (p->bounds == 0 || p->bound),
           "the point of a histogram has bounds and counts", "NULL");
    page_add(page, " [");
    for (size_t i = 0; i < p->bounds; i++)
        page_add(page, "%g:%llu ", p->bound[i],
                 (unsigned long long)p->cumulative[i]);
    page_add(page, "+Inf:%llu] count %llu sum %g",
             (unsigned long long)p->cumulative[p->bounds],
             (unsigned long long)p->count, p->sum);
}

static int add_point(void *ctx, const struct met_point *p)
{
    static const char *const types[] = {"counter", "gauge", "histogram"};
    struct page *page = ctx;

    EXPECT(p->type <= MET_HISTOGRAM, "the type of a point", "%d", (int)p->type);
    page_add(page, "%s %s \"%s\"", types[p->type], p->name ? p->name : "NULL",
             p->help ? p->help : "NULL");
    add_labels(page, p);
    if (p->type == MET_HISTOGRAM)
        add_histogram(page, p);
    else
        page_add(page, " %g", p->value);
    page_add(page, "\n");
    return 0;
}

/* Lives until the next call. */
static const char *collected(struct met_registry *r)
{
    static struct page page;

    page.used = 0;
    page.text[0] = '\0';
    EXPECT_CODE(met_registry_collect(r, add_point, &page), 0);
    return page.text;
}

#endif

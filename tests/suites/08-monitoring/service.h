/* SPDX-License-Identifier: MIT
 *
 * service.h - what the tests of the instrumented service share
 */
#ifndef SUITE_SERVICE_H
#define SUITE_SERVICE_H

#include "judge/judge.h"
#include "support/expo.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Not every suite uses all of it. */
#define UNUSED __attribute__((unused))

#define MIB 1048576.0

struct place {
    struct met_registry *registry;
    struct met_service *service;
};

UNUSED static struct place open_place(void)
{
    struct place p = {0};

    EXPECT_CODE(met_registry_create(&p.registry), 0);
    EXPECT_CODE(met_service_create(p.registry, &p.service), 0);
    EXPECT(p.service != NULL, "met_service_create stores a service in *out",
           "NULL");
    return p;
}

UNUSED static void close_place(struct place *p)
{
    met_service_destroy(p->service);
    met_registry_destroy(p->registry);
}

/* The page, which the strict checker accepts; lives until the next call. */
UNUSED static const char *page_of(struct met_registry *r,
                                  enum met_format format)
{
    static char page[1 << 15];
    struct expo_problem why;
    size_t size = 0;

    EXPECT_CODE(met_expose(r, format, page, sizeof page - 1, &size), 0);
    page[size < sizeof page ? size : 0] = '\0';
    if (!expo_check(page, size,
                    format == MET_TEXT ? EXPO_TEXT : EXPO_OPENMETRICS, NULL,
                    NULL, &why))
        judge_fail("a page that the strict checker accepts",
                   "line %zu breaks the rule \"%s\": %s", why.line, why.rule,
                   why.found);
    return page;
}

/* The value of the line that begins with this series and a space; NaN when
 * there is none. */
UNUSED static double value_on(const char *page, const char *series)
{
    size_t n = strlen(series);

    for (const char *p = page; p && *p; p = strchr(p, '\n'), p += p != NULL)
        if (strncmp(p, series, n) == 0 && p[n] == ' ')
            return strtod(p + n, NULL);
    return NAN;
}

UNUSED static void expect_on(const char *page, const char *series, double want)
{
    char expected[200];
    double got = value_on(page, series);

    snprintf(expected, sizeof expected, "%s %.17g on the page", series, want);
    if (isnan(got))
        judge_fail(expected, "there is no such line");
    EXPECT(fabs(got - want) <= 1e-9 * fabs(want), expected, "%.17g", got);
}

UNUSED static void expect_line(const char *page, const char *line)
{
    size_t n = strlen(line);

    for (const char *p = page; p && *p; p = strchr(p, '\n'), p += p != NULL)
        if (strncmp(p, line, n) == 0 && (p[n] == ' ' || p[n] == '\n'))
            return;
    judge_fail(line, "there is no such line on the page");
}

#define OK_SERIES "app_requests_total{status=\"ok\"}"
#define ERROR_SERIES "app_requests_total{status=\"error\"}"
#define BUCKET(le) "app_request_latency_seconds_bucket{le=\"" le "\"}"

#endif

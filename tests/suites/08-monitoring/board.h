/* SPDX-License-Identifier: MIT
 *
 * board.h - the dashboard that is handed in: its form, and what it shows
 */
#ifndef SUITE_BOARD_H
#define SUITE_BOARD_H

#include "live.h"

/* ---- form ---- */

UNUSED static json_t *read_board(void)
{
    json_error_t e;
    json_t *d =
        json_loads(text_file("dashboard.json"), JSON_REJECT_DUPLICATES, &e);

    if (!d)
        judge_fail("dashboard.json is JSON", "line %d: %s", e.line, e.text);
    return d;
}

static const char *text_in(const json_t *o, const char *key)
{
    const char *s = json_string_value(json_object_get(o, key));

    return s ? s : "";
}

static long number_in(const json_t *o, const char *key)
{
    const json_t *n = json_object_get(o, key);

    return json_is_integer(n) ? (long)json_integer_value(n) : -1;
}

static const char *unit_of(const json_t *panel)
{
    return text_in(
        json_object_get(json_object_get(panel, "fieldConfig"), "defaults"),
        "unit");
}

static void expect_place(const json_t *panel, const char *title)
{
    const json_t *g = json_object_get(panel, "gridPos");
    long x = number_in(g, "x"), y = number_in(g, "y"), w = number_in(g, "w"),
         h = number_in(g, "h");

    EXPECT(x >= 0 && y >= 0 && w >= 1 && h >= 1 && x + w <= 24,
           "gridPos with x, y, w and h, within 24 columns",
           "panel \"%s\": x %ld, y %ld, w %ld, h %ld", title, x, y, w, h);
}

static void expect_targets(const json_t *panel, const char *title)
{
    const json_t *targets = json_object_get(panel, "targets");
    size_t i;
    json_t *t;

    EXPECT(json_array_size(targets) > 0, "a panel with targets",
           "panel \"%s\" has none", title);
    json_array_foreach(targets, i, t)
    {
        EXPECT(*text_in(t, "expr") && *text_in(t, "refId"),
               "a target with expr and refId",
               "panel \"%s\", target %zu: expr \"%s\", refId \"%s\"", title, i,
               text_in(t, "expr"), text_in(t, "refId"));
    }
}

UNUSED static void expect_panel(const json_t *panel)
{
    const char *title = text_in(panel, "title"), *type = text_in(panel, "type");

    EXPECT(*title, "a panel with a title", "none");
    EXPECT(strcmp(type, "stat") == 0 || strcmp(type, "timeseries") == 0 ||
               strcmp(type, "gauge") == 0 || strcmp(type, "bargauge") == 0,
           "a panel of type stat, timeseries, gauge or bargauge",
           "panel \"%s\" is of type \"%s\"", title, type);
    EXPECT(strcmp(text_in(json_object_get(panel, "datasource"), "type"),
                  "prometheus") == 0,
           "a panel with a datasource of type prometheus",
           "panel \"%s\" has none", title);
    EXPECT(*unit_of(panel), "a panel with fieldConfig.defaults.unit",
           "panel \"%s\" has none", title);
    expect_place(panel, title);
    expect_targets(panel, title);
}

/* ---- what it shows ---- */

/* Grafana's variables as it would set them; lives until the next call. */
static const char *substituted(const char *expr)
{
    static const char *const known[][2] = {{"$__rate_interval", "5m"},
                                           {"${__rate_interval}", "5m"},
                                           {"$__interval", "15s"},
                                           {"$__range", "10m"}};
    static char out[4096];
    size_t n = 0;

    while (*expr && n < sizeof out - 8) {
        size_t i, count = sizeof known / sizeof *known;
        for (i = 0; i < count; i++)
            if (strncmp(expr, known[i][0], strlen(known[i][0])) == 0)
                break;
        if (i < count) {
            n += (size_t)sprintf(out + n, "%s", known[i][1]);
            expr += strlen(known[i][0]);
        } else {
            out[n++] = *expr++;
        }
    }
    out[n] = '\0';
    return out;
}

struct fact {
    const char *what, *unit, *other_unit;
    double value, other_value; /* 0: no other */
    bool shown, wrong_unit;
};

static bool is_near(double got, double want)
{
    return want > 0 && fabs(got - want) <= 1.5 * LIVE_BOUND * want;
}

static void look_for(struct fact *f, const json_t *result, const char *unit)
{
    double v = json_array_size(result) == 1
                   ? value_of(json_array_get(result, 0))
                   : NAN;
    bool first = is_near(v, f->value), other = is_near(v, f->other_value);

    if ((first && strcmp(unit, f->unit) == 0) ||
        (other && strcmp(unit, f->other_unit) == 0))
        f->shown = true;
    else if (first || other)
        f->wrong_unit = true;
}

UNUSED static void expect_shown(const struct fact *f)
{
    char expected[160];

    snprintf(expected, sizeof expected,
             "a panel with the unit %s that shows %s, about %.4g", f->unit,
             f->what, f->value);
    EXPECT(f->shown, expected, "%s",
           f->wrong_unit ? "a panel shows it with another unit"
                         : "no panel shows it as one number");
}

static bool has_number(const json_t *result)
{
    size_t i;
    json_t *element;

    json_array_foreach(result, i, element)
    {
        if (!isnan(value_of(element)))
            return true;
    }
    return false;
}

/* Runs every expression; what it shows is compared with the facts. */
UNUSED static void look_at_board(struct live *l, const json_t *board,
                                 struct fact *facts, size_t n)
{
    size_t p, i;
    json_t *panel, *target;

    json_array_foreach(json_object_get(board, "panels"), p, panel)
    {
        json_array_foreach(json_object_get(panel, "targets"), i, target)
        {
            const char *expr = substituted(text_in(target, "expr"));
            json_t *result = result_of(&l->a, expr);
            EXPECT(has_number(result), "an expression with a number",
                   "panel \"%s\": %s", text_in(panel, "title"), shown(result));
            for (size_t k = 0; k < n; k++)
                look_for(&facts[k], result, unit_of(panel));
            json_decref(result);
        }
    }
}

#endif

/* SPDX-License-Identifier: MIT
 *
 * rules.h - the rules that are handed in, in a world of a few series
 *
 * promtool plays the rules on series that a test writes, a step each 15 s, and
 * evaluates expressions of the test: whether an alert fires at that minute,
 * whether what was recorded is near the truth.
 */
#ifndef SUITE_RULES_H
#define SUITE_RULES_H

#include "judge/message.h"
#include "judge/room.h"
#include "judge/texts.h"
#include "judge/yaml.h"
#include "service.h"

#include <stdarg.h>

/* ---- series ---- */

/* So many steps with so much more (a counter) or of this value (a gauge). The
 * last of a list has no steps. */
struct phase {
    int steps;
    double by;
};

struct world {
    json_t *series, *cases;
    json_t *meant; /* of each case: what it says, and what to show if not */
};

UNUSED static struct world open_world(void)
{
    return (struct world){json_array(), json_array(), json_array()};
}

/* Begins at 0, unless it is a gauge. */
UNUSED static void add_series(struct world *w, bool counter,
                              const struct phase *phases, const char *format,
                              ...)
{
    char name[256], values[1024] = "";
    size_t n = 0;
    double v = 0;
    va_list list;

    va_start(list, format);
    vsnprintf(name, sizeof name, format, list);
    va_end(list);
    for (; phases->steps; phases++) {
        double by = counter ? phases->by : 0, from = counter ? v : phases->by;
        n += (size_t)snprintf(values + n, sizeof values - n, "%.12g+%.12gx%d ",
                              from, by, phases->steps - 1);
        v = from + by * phases->steps;
    }
    json_array_append_new(
        w->series, json_pack("{s:s, s:s}", "series", name, "values", values));
}

/* Requests of an instance: each second so many, of them so many failed and so
 * many slow (1 to 2.5 s; the others take less than 0.25 s). */
struct load {
    int steps;
    double requests, failed, slow;
};

enum { MOST_PHASES = 8 };

static void add_part(struct world *w, const struct load *load,
                     double (*of)(const struct load *), const char *series,
                     const char *labels, const char *more)
{
    struct phase phases[MOST_PHASES + 1] = {0};

    for (int i = 0; load[i].steps && i < MOST_PHASES; i++)
        phases[i] = (struct phase){load[i].steps, 15 * of(&load[i])};
    add_series(w, true, phases, "%s{%s%s}", series, labels, more);
}

static double load_all(const struct load *l)
{
    return l->requests;
}

static double load_failed(const struct load *l)
{
    return l->failed;
}

static double load_ok(const struct load *l)
{
    return l->requests - l->failed;
}

static double load_fast(const struct load *l)
{
    return l->requests - l->slow;
}

static void say_load(const char *labels, const struct load *load)
{
    for (int i = 0; load[i].steps; i++)
        client_step("%s, %s%g minutes: %g requests a second; of them %g fail, "
                    "and %g take 1 to 2.5 s",
                    labels, i ? "then " : "", load[i].steps / 4.0,
                    load[i].requests, load[i].failed, load[i].slow);
}

/* labels: job="app",instance="a" */
UNUSED static void add_load(struct world *w, const char *labels,
                            const struct load *load)
{
    static const char bucket[] = "app_request_latency_seconds_bucket";

    say_load(labels, load);
    add_part(w, load, load_ok, "app_requests_total", labels, ",status=\"ok\"");
    add_part(w, load, load_failed, "app_requests_total", labels,
             ",status=\"error\"");
    add_part(w, load, load_fast, bucket, labels, ",le=\"0.1\"");
    add_part(w, load, load_fast, bucket, labels, ",le=\"0.25\"");
    add_part(w, load, load_fast, bucket, labels, ",le=\"1\"");
    add_part(w, load, load_all, bucket, labels, ",le=\"2.5\"");
    add_part(w, load, load_all, bucket, labels, ",le=\"+Inf\"");
    add_part(w, load, load_all, "app_request_latency_seconds_count", labels,
             "");
}

/* ---- what must hold ---- */

/* At that second, the expression has a result (or must have none). If it is
 * not so, what the second expression gives is shown. */
static void add_case(struct world *w, int second, bool result,
                     const char *expression, const char *said, const char *show)
{
    char counted[600], at[20];
    json_t *samples = json_array();

    client_step("%s", said);
    snprintf(counted, sizeof counted, "group(%s)", expression);
    snprintf(at, sizeof at, "%ds", second);
    if (result)
        json_array_append_new(
            samples, json_pack("{s:s, s:i}", "labels", "{}", "value", 1));
    json_array_append_new(w->cases,
                          json_pack("{s:s, s:s, s:o}", "expr", counted,
                                    "eval_time", at, "exp_samples", samples));
    json_array_append_new(w->meant,
                          json_pack("{s:s, s:s}", "said", said, "show", show));
}

UNUSED static void must_hold(struct world *w, int second, bool result,
                             const char *format, ...)
{
    char expression[512], said[600];
    va_list list;

    va_start(list, format);
    vsnprintf(expression, sizeof expression, format, list);
    va_end(list);
    snprintf(said, sizeof said, "after %d:%02d: %s has %s", second / 60,
             second % 60, expression, result ? "a result" : "none");
    add_case(w, second, result, expression, said, expression);
}

UNUSED static void must_fire(struct world *w, int second, bool fires,
                             const char *alert, const char *severity)
{
    char expression[200], said[200], show[100];

    snprintf(expression, sizeof expression,
             "ALERTS{alertname=\"%s\",alertstate=\"firing\",severity=\"%s\"}",
             alert, severity);
    snprintf(said, sizeof said, "after %d:%02d: %s, severity %s, %s",
             second / 60, second % 60, alert, severity,
             fires ? "fires" : "does not fire");
    snprintf(show, sizeof show, "ALERTS{alertname=\"%s\"}", alert);
    add_case(w, second, fires, expression, said, show);
}

/* What was recorded for a job, within 1 %. */
UNUSED static void must_record(struct world *w, int second, const char *name,
                               const char *job, double want)
{
    char expression[300], said[200];

    snprintf(expression, sizeof expression,
             "abs(%s{job=\"%s\"} - %.12g) <= %.12g", name, job, want,
             0.01 * fabs(want) + 1e-9);
    snprintf(said, sizeof said, "after %d:%02d: %s{job=\"%s\"} is %.4g",
             second / 60, second % 60, name, job, want);
    add_case(w, second, true, expression, said, name);
}

/* ---- playing ---- */

/* Plays the cases; returns what promtool says, or NULL when all hold. */
static const char *promtool_says(struct world *w, json_t *cases)
{
    const char *said;
    json_t *all = json_pack("{s:[s], s:s, s:[{s:s, s:O, s:O}]}", "rule_files",
                            "/lab/rules.yml", "evaluation_interval", "15s",
                            "tests", "interval", "15s", "input_series",
                            w->series, "promql_expr_test", cases);
    char *text = json_dumps(all, 0);
    int status = room_run(
        (const struct room_file[]){{"/lab/rules.yml", text_file("rules.yml")},
                                   {"/lab/test.yml", text},
                                   {0}},
        "promtool test rules /lab/test.yml", &said);

    free(text);
    json_decref(all);
    return status == 0 ? NULL : said;
}

/* The first case that promtool names, or the number of cases. It quotes an
 * expression as JSON does, and writes 630 s as 10m30s. */
static size_t first_named(const struct world *w, const char *said)
{
    char named[1300];
    size_t i, n = json_array_size(w->cases);

    for (i = 0; i < n; i++) {
        const json_t *one = json_array_get(w->cases, i);
        char *quoted =
            json_dumps(json_object_get(one, "expr"), JSON_ENCODE_ANY);
        int second = atoi(json_string_value(json_object_get(one, "eval_time")));
        int length = snprintf(named, sizeof named, "expr: %s, time: %dm",
                              quoted, second / 60);
        free(quoted);
        if (second % 60)
            length += sprintf(named + length, "%ds", second % 60);
        sprintf(named + length, ",");
        if (strstr(said, named))
            break;
    }
    return i;
}

/* What the rules give at the time of a case: promtool is told that there is
 * nothing, and says what there is. */
static const char *given(struct world *w, size_t i)
{
    static char out[600];
    json_t *one = json_pack(
        "[{s:O, s:O, s:[]}]", "expr",
        json_object_get(json_array_get(w->meant, i), "show"), "eval_time",
        json_object_get(json_array_get(w->cases, i), "eval_time"),
        "exp_samples");
    const char *said = promtool_says(w, one);
    const char *got = said ? strstr(said, "got:") : NULL;

    json_decref(one);
    got = got ? got + strlen("got:")
              : "no result: there is no such series then, nor such an alert";
    got += strspn(got, " ");
    snprintf(out, sizeof out, "%.*s", (int)strcspn(got, "\n"), got);
    return out;
}

/* What promtool says is wrong, in one line. */
static const char *complaint(const char *said)
{
    static char out[600];
    const char *p = strstr(said, "FAILED");

    p = p ? p + strcspn(p, "\n") : said;
    p += strspn(p, " \n");
    snprintf(out, sizeof out, "%.*s", (int)strcspn(p, "\n"), p);
    return *out ? out : "promtool says nothing";
}

/* Plays it all. */
UNUSED static void play(struct world *w)
{
    const char *said = promtool_says(w, w->cases);

    if (said) {
        size_t i = first_named(w, said);
        if (i == json_array_size(w->cases))
            judge_fail("rules that promtool can play", "%s", complaint(said));
        judge_fail(json_string_value(
                       json_object_get(json_array_get(w->meant, i), "said")),
                   "%s", given(w, i));
    }
    json_decref(w->series);
    json_decref(w->cases);
    json_decref(w->meant);
}

/* ---- what stands in the file ---- */

UNUSED static json_t *yaml_file(const char *name)
{
    char problem[200], expected[80];
    json_t *all = yaml_read(text_file(name), problem);

    snprintf(expected, sizeof expected, "%s is plain YAML", name);
    if (!all)
        judge_fail(expected, "%s", problem);
    return all;
}

/* The rule of this kind ("alert", "record") and name, or NULL. */
UNUSED static const json_t *find_rule(const json_t *all, const char *kind,
                                      const char *name)
{
    size_t g, i;
    json_t *group, *rule;

    json_array_foreach(json_object_get(all, "groups"), g, group)
    {
        json_array_foreach(json_object_get(group, "rules"), i, rule)
        {
            const char *s = json_string_value(json_object_get(rule, kind));
            if (s && strcmp(s, name) == 0)
                return rule;
        }
    }
    return NULL;
}

UNUSED static void expect_rule(const json_t *all, const char *kind,
                               const char *name)
{
    EXPECT(find_rule(all, kind, name), name, "there is no such rule (%s: ...)",
           kind);
}

#define REQUESTS "job:app_requests:rate5m"
#define ERRORS "job:app_errors:ratio_rate5m"
#define LATENCY "job:app_request_latency_seconds:p95_5m"
#define APP "job=\"app\",instance=\"a\""

#endif

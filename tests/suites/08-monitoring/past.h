/* SPDX-License-Identifier: MIT
 *
 * past.h - a past that Prometheus knows, and the answers to questions about it
 *
 * A past is a list of instances of the job app with their rates. It is written
 * as 20 minutes of samples, 15 s apart, and put into a Prometheus. What is
 * asked is asked at its end. All counts grow evenly, so every right expression
 * gives the same number; the bound is for those that round otherwise, and for
 * a restart, in which Prometheus cannot see what was counted between the last
 * scrape and the end.
 */
#ifndef SUITE_PAST_H
#define SUITE_PAST_H

#include "judge/message.h"
#include "judge/room_push.h"
#include "judge/texts.h"
#include "service.h"

#include <time.h>

enum { PAST_STEP = 15, PAST_STEPS = 80, PAST_INSTANCES = 4, PAST_BOUNDS = 11 };

struct instance {
    const char *name;
    bool down;
    double ok, error;   /* each second */
    double fast;        /* share of those that take 0 to 0.5 s, evenly in each
                        * bucket; the others take 1 to 2.5 s */
    double least, most; /* MiB of memory; the most is 7 minutes ago */
    int restart;        /* the step at which it begins anew; 0: none */
};

struct past {
    struct instance of[PAST_INSTANCES];
    int n;
};

static const double past_bounds[PAST_BOUNDS] = {
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};

/* The share of requests that took at most that long. */
static double share_below(const struct instance *i, double bound)
{
    double fast = bound >= 0.5 ? 1 : bound / 0.5;
    double slow = bound >= 2.5 ? 1 : bound <= 1 ? 0 : (bound - 1) / 1.5;

    return i->fast * fast + (1 - i->fast) * slow;
}

static double mean_seconds(const struct instance *i)
{
    return i->fast * 0.25 + (1 - i->fast) * 1.75;
}

static double rate_of(const struct instance *i)
{
    return i->ok + i->error;
}

/* ---- as samples ---- */

struct writer {
    struct push push;
    double start; /* the time of step 0 */
};

static double time_of(const struct writer *w, int step)
{
    return w->start + step * PAST_STEP;
}

/* Seconds that it has been counting at a step. */
static double counting(const struct instance *i, int step)
{
    int since = i->restart && step >= i->restart ? i->restart : 0;

    return (double)(step - since) * PAST_STEP;
}

/* label: one more label than those that all have, or NULL */
static void put_series(struct writer *w, const struct instance *i,
                       const char *name, const char *label, const char *value,
                       const struct push_sample *samples)
{
    push_series(&w->push,
                (const char *const[][2]){{"__name__", name},
                                         {"instance", i->name},
                                         {"job", "app"},
                                         {label, value},
                                         {NULL, NULL}},
                samples, PAST_STEPS + 1);
}

static void put_counter(struct writer *w, const struct instance *i,
                        const char *name, const char *label, const char *value,
                        double rate)
{
    struct push_sample s[PAST_STEPS + 1];

    for (int k = 0; k <= PAST_STEPS; k++)
        s[k] = (struct push_sample){time_of(w, k), rate * counting(i, k)};
    put_series(w, i, name, label, value, s);
}

static void put_buckets(struct writer *w, const struct instance *i)
{
    char le[20];

    for (int b = 0; b <= PAST_BOUNDS; b++) {
        double bound = b < PAST_BOUNDS ? past_bounds[b] : INFINITY;
        snprintf(le, sizeof le, b < PAST_BOUNDS ? "%g" : "+Inf", bound);
        put_counter(w, i, "app_request_latency_seconds_bucket", "le", le,
                    rate_of(i) * share_below(i, bound));
    }
    put_counter(w, i, "app_request_latency_seconds_count", NULL, NULL,
                rate_of(i));
    put_counter(w, i, "app_request_latency_seconds_sum", NULL, NULL,
                rate_of(i) * mean_seconds(i));
}

static void put_gauges(struct writer *w, const struct instance *i)
{
    struct push_sample memory[PAST_STEPS + 1], up[PAST_STEPS + 1];

    for (int k = 0; k <= PAST_STEPS; k++) {
        double mib = k == PAST_STEPS - 28 ? i->most : i->least;
        bool down = i->down && k > PAST_STEPS / 2;
        memory[k] = (struct push_sample){time_of(w, k), mib * MIB};
        up[k] = (struct push_sample){time_of(w, k), !down};
    }
    put_series(w, i, "app_memory_usage_bytes", NULL, NULL, memory);
    put_series(w, i, "up", NULL, NULL, up);
}

static void put_past(struct writer *w, const struct past *p)
{
    static const char *const other[][2] = {{"__name__", "up"},
                                           {"instance", "other"},
                                           {"job", "other"},
                                           {NULL, NULL}};

    for (int i = 0; i < p->n; i++) {
        put_counter(w, &p->of[i], "app_requests_total", "status", "ok",
                    p->of[i].ok);
        put_counter(w, &p->of[i], "app_requests_total", "status", "error",
                    p->of[i].error);
        put_buckets(w, &p->of[i]);
        put_gauges(w, &p->of[i]);
    }
    /* Another job, which is down: of no answer. */
    push_series(&w->push, other,
                &(struct push_sample){time_of(w, PAST_STEPS), 0}, 1);
}

/* ---- the answers that are handed in ---- */

/* The expression of a number; lives until the next call. */
UNUSED static const char *answer_text(int number)
{
    static char text[4096];
    char expected[80];
    const char *p = text_file("answers.txt");

    snprintf(expected, sizeof expected, "a line \"%d: EXPRESSION\"", number);
    for (; p && *p; p = strchr(p, '\n'), p += p != NULL) {
        char *end;
        if (strtol(p, &end, 10) != number || end == p || *end != ':')
            continue;
        size_t n = strcspn(++end, "\n");
        EXPECT(n < sizeof text, expected, "it has %zu characters", n);
        snprintf(text, sizeof text, "%.*s", (int)n, end);
        EXPECT(text[strspn(text, " \t\r")], expected, "it is empty");
        return text;
    }
    judge_fail(expected, "there is none in answers.txt");
}

/* ---- asking ---- */

struct asked {
    struct room room;
    double now;
};

/* In the report, what the past is like. */
static void say_past(const struct past *p)
{
    for (int i = 0; i < p->n; i++) {
        const struct instance *k = &p->of[i];
        client_step("instance %s of the job app: %g ok and %g failed requests "
                    "a second%s%s",
                    k->name, k->ok, k->error, k->down ? "; it is down" : "",
                    k->restart ? "; it has just been restarted" : "");
        client_step("    %g %% take at most 0.5 s, the others 1 to 2.5 s",
                    100 * k->fast);
        if (k->most > 0)
            client_step("    memory %g MiB, 7 minutes ago %g", k->least,
                        k->most);
    }
    client_step("an instance of another job is down");
}

/* A Prometheus that knows the past. */
UNUSED static struct asked ask_about(const struct past *p)
{
    struct asked a;

    say_past(p);
    a.now = (double)(time(NULL) / 60 * 60);
    struct writer w = {.start = a.now - PAST_STEPS * PAST_STEP};
    put_past(&w, p);
    const char *why = room_open(
        &a.room, (const struct room_file[]){{"/lab/prometheus.yml", "{}"}, {0}},
        ROOM_PROMETHEUS " --web.enable-remote-write-receiver");
    if (!why)
        why = push_send(&w.push, &a.room);
    if (why) /* nothing of the submission was in it */
        message_send("inconclusive", "a Prometheus that runs", why);
    return a;
}

/* Fails when Prometheus refuses the expression. */
UNUSED static json_t *result_of(struct asked *a, const char *expression)
{
    char problem[300];

    client_step("ask Prometheus %s", expression);
    json_t *result = room_query(&a->room, expression, a->now, problem);
    if (!result)
        judge_fail("an expression that Prometheus can evaluate", "%s", problem);
    return result;
}

static double value_of(const json_t *element)
{
    const char *text =
        json_string_value(json_array_get(json_object_get(element, "value"), 1));

    return text ? strtod(text, NULL) : NAN;
}

/* "{instance="a"} 5, ..." of a result; lives until the next call. */
static const char *shown(const json_t *result)
{
    static char text[300];
    size_t i, n = 0;
    json_t *element;

    *text = '\0';
    json_array_foreach(result, i, element)
    {
        char *labels =
            json_dumps(json_object_get(element, "metric"), JSON_SORT_KEYS);
        if (n < sizeof text)
            n += (size_t)snprintf(text + n, sizeof text - n, "%s%s %.6g",
                                  i ? ", " : "", labels, value_of(element));
        free(labels);
    }
    return *text ? text : "no result";
}

/* One number, without labels. */
UNUSED static void expect_number(struct asked *a, const char *expression,
                                 double want, double relative)
{
    json_t *result = result_of(a, expression);
    const json_t *first = json_array_get(result, 0);
    char expected[100];

    snprintf(expected, sizeof expected, "%.6g (within %g %%), without labels",
             want, 100 * relative);
    EXPECT(json_array_size(result) == 1 &&
               json_object_size(json_object_get(first, "metric")) == 0,
           expected, "%s", shown(result));
    EXPECT(fabs(value_of(first) - want) <= relative * fabs(want), expected,
           "%s", shown(result));
    json_decref(result);
}

/* Of the series with this one label, the value. */
UNUSED static void expect_series(const json_t *result, const char *label,
                                 const char *of, double want, double relative)
{
    size_t i;
    json_t *element;
    char expected[160];

    snprintf(expected, sizeof expected, "{%s=\"%s\"} %.6g (within %g %%)",
             label, of, want, 100 * relative);
    json_array_foreach(result, i, element)
    {
        const char *value = json_string_value(
            json_object_get(json_object_get(element, "metric"), label));
        if (value && strcmp(value, of) == 0) {
            EXPECT(fabs(value_of(element) - want) <= relative * fabs(want),
                   expected, "%s", shown(result));
            return;
        }
    }
    judge_fail(expected, "%s", shown(result));
}

/* Each series has this one label, and no other. */
UNUSED static void expect_only_label(const json_t *result, const char *label,
                                     size_t n)
{
    size_t i;
    json_t *element;
    char expected[100];

    snprintf(expected, sizeof expected,
             "%zu series with the label %s and no other", n, label);
    EXPECT(json_array_size(result) == n, expected, "%s", shown(result));
    json_array_foreach(result, i, element)
    {
        const json_t *metric = json_object_get(element, "metric");
        EXPECT(json_object_size(metric) == 1 && json_object_get(metric, label),
               expected, "%s", shown(result));
    }
}

/* ---- the truth ---- */

static double sum_of(const struct past *p,
                     double (*of)(const struct instance *))
{
    double sum = 0;

    for (int i = 0; i < p->n; i++)
        sum += of(&p->of[i]);
    return sum;
}

static double error_of(const struct instance *i)
{
    return i->error;
}

static double seconds_of(const struct instance *i)
{
    return rate_of(i) * mean_seconds(i);
}

/* The share of all requests that took at most that long. */
static double all_below(const struct past *p, double bound)
{
    double n = 0;

    for (int i = 0; i < p->n; i++)
        n += rate_of(&p->of[i]) * share_below(&p->of[i], bound);
    return n / sum_of(p, rate_of);
}

/* As histogram_quantile() computes it, and met_quantile() of lab 03. */
UNUSED static double quantile_of(const struct past *p, double q)
{
    double below = 0, from = 0;

    for (int b = 0; b < PAST_BOUNDS; b++) {
        double upto = all_below(p, past_bounds[b]);
        if (upto >= q)
            return from +
                   (past_bounds[b] - from) * (q - below) / (upto - below);
        below = upto;
        from = past_bounds[b];
    }
    return from;
}

UNUSED static double most_memory(const struct past *p)
{
    double most = 0;

    for (int i = 0; i < p->n; i++)
        most = fmax(most, p->of[i].most * MIB);
    return most;
}

/* ---- the ten questions ---- */

static void expect_down(struct asked *a, const struct past *p)
{
    json_t *result = result_of(a, answer_text(1));
    size_t down = 0;

    for (int i = 0; i < p->n; i++)
        if (p->of[i].down) {
            expect_series(result, "instance", p->of[i].name, 0, 0);
            down++;
        }
    char expected[80];
    snprintf(expected, sizeof expected,
             "a result for each instance that is down, %zu in all", down);
    EXPECT(json_array_size(result) == down, expected, "%s", shown(result));
    json_decref(result);
}

static void expect_by_status(struct asked *a, const struct past *p,
                             double bound)
{
    json_t *result = result_of(a, answer_text(3));

    expect_only_label(result, "status", 2);
    expect_series(result, "status", "error", sum_of(p, error_of), bound);
    expect_series(result, "status", "ok",
                  sum_of(p, rate_of) - sum_of(p, error_of), bound);
    json_decref(result);
}

/* The two of the past with most errors; the past says them in order. */
static void expect_worst(struct asked *a, const struct past *p, double bound)
{
    json_t *result = result_of(a, answer_text(10));

    expect_only_label(result, "instance", 2);
    for (int i = 0; i < 2; i++)
        expect_series(result, "instance", p->of[i].name, p->of[i].error, bound);
    json_decref(result);
}

UNUSED static void expect_answer(struct asked *a, const struct past *p,
                                 int number, double bound)
{
    double all = sum_of(p, rate_of);

    switch (number) {
    case 1: expect_down(a, p); break;
    case 3: expect_by_status(a, p, bound); break;
    case 10: expect_worst(a, p, bound); break;
    default:
        expect_number(a, answer_text(number),
                      number == 2   ? all
                      : number == 4 ? sum_of(p, error_of) / all
                      : number == 5 ? all * 600
                      : number == 6 ? sum_of(p, seconds_of) / all
                      : number == 7 ? quantile_of(p, 0.95)
                      : number == 8 ? all_below(p, 0.5)
                                    : most_memory(p),
                      bound);
    }
}

#endif

/* SPDX-License-Identifier: MIT
 *
 * hidden.c - the graded tests of lab 08 that a student does not see
 */
#include "past.h"
#include "rules.h"
#include "service.h"

#define SUITE hidden

/* ---- the service ---- */

GRADED(odd_latencies, 3,
       "A latency that is negative, infinite or NaN is no latency: the request "
       "is counted, and not observed.",
       .hint = "One NaN in the sum, and it is NaN for ever.")
{
    struct place p = open_place();

    met_service_request(p.service, 0, false);
    met_service_request(p.service, -1, false);
    met_service_request(p.service, NAN, false);
    met_service_request(p.service, INFINITY, true);
    met_service_request(p.service, -INFINITY, true);
    const char *page = page_of(p.registry, MET_TEXT);
    expect_on(page, OK_SERIES, 3);
    expect_on(page, ERROR_SERIES, 2);
    expect_on(page, "app_request_latency_seconds_count", 1);
    expect_on(page, "app_request_latency_seconds_sum", 0);
    close_place(&p);
}

GRADED(name_taken, 3,
       "MET_EEXIST when a name belongs to another family. After an error *out "
       "is unchanged and nothing is held",
       .hint = "The third registration may be the one that fails.")
{
    static const char *const names[] = {"app_requests_total",
                                        "app_memory_usage_bytes",
                                        "app_request_latency_seconds"};

    for (int i = 0; i < 3; i++) {
        struct met_registry *r = NULL;
        struct met_service *s = NULL;
        struct met_family *f = NULL;
        EXPECT_CODE(met_registry_create(&r), 0);
        EXPECT_CODE(
            i == 1 ? met_registry_counter(r, names[i], "Another.", NULL, 0, &f)
                   : met_registry_gauge(r, names[i], "Another.", NULL, 0, &f),
            0);
        EXPECT_CODE(met_service_create(r, &s), MET_EEXIST);
        EXPECT(!s, "*out is unchanged", "it was changed");
        met_registry_destroy(r);
    }
}

GRADED(the_default_buckets, 3,
       "The buckets are met_bounds_default() of histogram.h: 0.005 to 10 s.",
       .hint = "Bounds in seconds.")
{
    struct place p = open_place();

    met_service_request(p.service, 0.004, false);
    met_service_request(p.service, 7, false);
    const char *page = page_of(p.registry, MET_TEXT);
    expect_on(page, BUCKET("0.005"), 1);
    expect_on(page, BUCKET("0.01"), 1);
    expect_on(page, BUCKET("5"), 1);
    expect_on(page, BUCKET("10"), 2);
    expect_on(page, BUCKET("+Inf"), 2);
    close_place(&p);
}

GRADED(none_is_lost, 4,
       "request and memory may be called in any thread at any time",
       .hint = "What the library counts is safe; what you count beside it is "
               "not.",
       .threads = true)
{
    struct place p = open_place();
    int rounds = (int)unforeseen(500, 1000);
    double in[] = {(double)(uintptr_t)p.service, rounds}, out;

    scenario("many_at_once", in, 2, &out, 1);
    const char *page = page_of(p.registry, MET_TEXT);
    expect_on(page, OK_SERIES, 2 * rounds);
    expect_on(page, ERROR_SERIES, 2 * rounds);
    expect_on(page, "app_request_latency_seconds_count", 4 * rounds);
    close_place(&p);
}

/* ---- rules.yml ---- */

#define LOADS(...)        \
    (const struct load[]) \
    {                     \
        __VA_ARGS__,      \
        {                 \
            0             \
        }                 \
    }

GRADED(jobs_are_apart, 3, "The rules keep the label job, and no label more",
       .hint = "sum by (job), and for a histogram sum by (job, le).",
       .texts = true)
{
    struct world w = open_world();

    add_load(&w, APP, LOADS({80, 10, 1, 5}));
    add_load(&w, "job=\"other\",instance=\"a\"", LOADS({80, 40, 20, 1}));
    must_record(&w, 900, REQUESTS, "app", 10);
    must_record(&w, 900, REQUESTS, "other", 40);
    must_record(&w, 900, ERRORS, "app", 0.1);
    must_record(&w, 900, ERRORS, "other", 0.5);
    must_record(&w, 900, LATENCY, "app", 1 + 1.5 * 0.9);
    must_hold(&w, 900, false, "{__name__=~\"job:.*\",instance!=\"\"}");
    must_hold(&w, 900, false, "count(" REQUESTS ") != 2");
    play(&w);
}

GRADED(rate_over_five_minutes, 3, "over 5 minutes",
       .hint = "A short window is nervous, a long one is late.", .texts = true)
{
    struct world w = open_world();

    add_load(&w, APP, LOADS({60, 10, 0, 0}, {60, 40, 20, 20}));
    must_record(&w, 900 + 150, REQUESTS, "app", 25);
    must_record(&w, 900 + 150, ERRORS, "app", 0.4);
    must_record(&w, 900 + 150, LATENCY, "app", 1 + 1.5 * 0.35 / 0.4);
    must_record(&w, 900 + 285, REQUESTS, "app", 38.5);
    play(&w);
}

#define PENDING(alert) "ALERTS{alertname=\"" alert "\",alertstate=\"pending\"}"

GRADED(no_alarm_for_a_moment, 4,
       "An alert waits: what is over before its time calls nobody",
       .hint = "for:", .texts = true)
{
    struct world w = open_world();

    /* A minute of errors: the rate knows them for not quite five minutes. */
    add_load(&w, APP, LOADS({60, 10, 0, 0}, {4, 10, 3, 3}, {56, 10, 0, 0}));
    add_series(&w, false, (const struct phase[]){{60, 1}, {3, 0}, {57, 1}, {0}},
               "up{" APP "}");
    must_hold(&w, 930, true, PENDING("AppDown"));
    must_hold(&w, 1050, true, PENDING("AppErrors"));
    for (int second = 900; second <= 1500; second += 15)
        must_hold(&w, second, false, "ALERTS{alertstate=\"firing\"}");
    play(&w);
}

GRADED(no_false_alarm, 4, "A service that does its work calls nobody",
       .hint = "Errors of 4 %, 4 % above 1 s, and another job that is down.",
       .texts = true)
{
    struct world w = open_world();

    add_load(&w, APP, LOADS({160, 0.5, 0.02, 0.02}));
    add_series(&w, false, (const struct phase[]){{160, 1}, {0}}, "up{" APP "}");
    add_series(&w, false, (const struct phase[]){{160, 0}, {0}},
               "up{job=\"other\",instance=\"a\"}");
    must_hold(&w, 2100, true, "abs(" REQUESTS "{job=\"app\"} - 0.5) < 0.01");
    must_hold(&w, 2100, false, "ALERTS{alertstate=\"firing\"}");
    play(&w);
}

GRADED(alerts_say_what_it_is, 2, "An alert has a summary",
       .hint = "annotations: summary:", .texts = true)
{
    json_t *all = yaml_file("rules.yml");
    static const char *const names[] = {"AppDown", "AppErrors", "AppSlow",
                                        "AppIdle"};

    for (int i = 0; i < 4; i++) {
        expect_rule(all, "alert", names[i]);
        const char *s = json_string_value(json_object_get(
            json_object_get(find_rule(all, "alert", names[i]), "annotations"),
            "summary"));
        EXPECT(s && *s, "an annotation summary", "%s has none", names[i]);
    }
    json_decref(all);
}

/* ---- the ten questions ---- */

static void ask_about_these(const struct past *p, double bound,
                            const int *numbers)
{
    struct asked a = ask_about(p);

    for (; *numbers; numbers++)
        expect_answer(&a, p, *numbers, bound);
    room_close(&a.room);
}

GRADED(answers_for_several, 5, "the answer is one number for all of them",
       .hint = "A mean of means and a quantile of quantiles are no means and "
               "no quantiles.",
       .texts = true)
{
    struct past p = {.of = {{.name = "a",
                             .ok = 30,
                             .error = 4,
                             .fast = 1,
                             .least = 300,
                             .most = 310},
                            {.name = "b",
                             .ok = 2,
                             .error = 2,
                             .fast = 0.2,
                             .least = 210,
                             .most = 440},
                            {.name = "c",
                             .ok = 10,
                             .error = 0,
                             .fast = 0.9,
                             .least = 250,
                             .most = 260}},
                     .n = 3};

    p.of[0].ok += (double)unforeseen(1, 20);
    ask_about_these(&p, 0.01, (const int[]){2, 3, 4, 5, 6, 7, 8, 9, 10, 0});
}

GRADED(answers_after_a_restart, 4,
       "A counter that begins anew is a restart, and no negative rate",
       .hint = "rate() of each series, and only then the sum.", .texts = true)
{
    struct past p = {.of = {{.name = "a",
                             .ok = 30,
                             .error = 5,
                             .fast = 0.9,
                             .least = 300,
                             .most = 310,
                             .restart = PAST_STEPS - 9},
                            {.name = "b",
                             .ok = 40,
                             .error = 11,
                             .fast = 0.5,
                             .least = 200,
                             .most = 220}},
                     .n = 2};

    ask_about_these(&p, 0.08, (const int[]){2, 3, 4, 5, 6, 7, 8, 0});
}

GRADED(answers_when_all_is_well, 3, "No errors are no reason for no answer",
       .hint = "The series of errors is there, at 0.", .texts = true)
{
    struct past p = {.of = {{.name = "a",
                             .ok = 20,
                             .error = 0,
                             .fast = 1,
                             .least = 300,
                             .most = 310}},
                     .n = 1};

    ask_about_these(&p, 0.01, (const int[]){1, 2, 3, 4, 8, 0});
}

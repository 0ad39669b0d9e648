/* SPDX-License-Identifier: MIT
 *
 * contract.c - the graded tests of lab 08 that a student sees
 */
#include "board.h"
#include "live.h"
#include "past.h"
#include "rules.h"
#include "service.h"

#define SUITE contract

/* ---- the service ---- */

GRADED(three_families, 4, "Three families, as the page shows them",
       .hint = "Names and types as service.h has them. Of a family without "
               "children nothing is on the page.",
       .help = {"service.c, met_service_create; the names and types stand in "
                "labs/include/met/service.h.",
                "Three registrations in the registry that is given: a counter, "
                "a gauge and a histogram with the default bounds. A family "
                "without labels has its child from the start; one with a label "
                "has none until it is asked for.",
                "met_registry_counter, met_registry_gauge, "
                "met_registry_histogram with met_bounds_default; for each a "
                "met_family_child, which you keep in struct met_service."})
{
    struct place p = open_place();
    const char *page = page_of(p.registry, MET_TEXT);

    expect_line(page, "# TYPE app_requests_total counter");
    expect_line(page, "# TYPE app_memory_usage_bytes gauge");
    expect_line(page, "# TYPE app_request_latency_seconds histogram");
    close_place(&p);
}

GRADED(both_from_the_start, 3,
       "Both values of status are on the page from the start, at 0",
       .hint = "A child that nobody has asked for is not on the page.",
       .help = {
           "service.c, met_service_create: the children of app_requests_total.",
           "A child is on the page once somebody has asked for it. So ask for "
           "both, \"ok\" and \"error\", when the service is made.",
           "`met_family_child(f, (const char *const[]){\"ok\"}, 1, &s->ok)`, "
           "and the same with \"error\". Keep both until met_service_destroy "
           "releases them."})
{
    struct place p = open_place();
    const char *page = page_of(p.registry, MET_TEXT);

    expect_on(page, OK_SERIES, 0);
    expect_on(page, ERROR_SERIES, 0);
    close_place(&p);
}

GRADED(
    requests_are_counted, 6, "counter: requests answered, by how they ended",
    .hint = "Two children; which of the two depends on `failed`.",
    .help = {
        "service.c, met_service_request: which child does it count in?",
        "Each request counts once: in \"error\" if `failed`, else in \"ok\".",
        "`met_counter_inc(met_child_counter(failed ? s->error : s->ok));`."})
{
    struct place p = open_place();
    int ok = (int)unforeseen(3, 12), failed = (int)unforeseen(13, 22);

    for (int i = 0; i < ok; i++)
        met_service_request(p.service, 0.1, false);
    for (int i = 0; i < failed; i++)
        met_service_request(p.service, 0.1, true);
    const char *page = page_of(p.registry, MET_TEXT);
    expect_on(page, OK_SERIES, ok);
    expect_on(page, ERROR_SERIES, failed);
    close_place(&p);
}

GRADED(counts_never_fall, 3, "app_requests_total counter",
       .hint = "A counter only goes up, whatever comes.",
       .help = {"service.c: everything that touches app_requests_total.",
                "A counter only goes up, by 1 for each request. Memory and "
                "latency have nothing to do with it.",
                "Only met_service_request calls met_counter_inc, once. Nothing "
                "is removed or registered again after create."})
{
    struct place p = open_place();
    double ok = 0, failed = 0;

    for (int i = 0; i < 12; i++) {
        met_service_request(p.service, 0.1 * i, i % 3 == 2);
        met_service_memory(p.service, 1e6 * (12 - i));
        const char *page = page_of(p.registry, MET_TEXT);
        double now_ok = value_on(page, OK_SERIES);
        double now_failed = value_on(page, ERROR_SERIES);
        EXPECT(!isnan(now_ok) && !isnan(now_failed),
               OK_SERIES " and " ERROR_SERIES " on the page",
               "there is no such line");
        EXPECT(now_ok >= ok && now_failed >= failed,
               "both counts at least as large as before",
               "ok %g after %g, error %g after %g", now_ok, ok, now_failed,
               failed);
        ok = now_ok;
        failed = now_failed;
    }
    close_place(&p);
}

GRADED(
    latency_in_seconds, 6, "histogram: from a request to its answer",
    .hint = "In seconds, as the name says. Failed requests are observed, "
            "too.",
    .help = {
        "service.c, met_service_request: what do you observe, and when?",
        "`seconds` is in seconds already, as the name of the family says. A "
        "failed request took time, too. What service.h says of times that are "
        "no number or negative: read it again.",
        "After the counter: ask isfinite(), and whether it is negative; then "
        "observe it as it is. No factor of 1000, and no return before."})
{
    struct place p = open_place();
    double a = (double)unforeseen(260, 490) / 1000;
    double b = (double)unforeseen(1100, 2400) / 1000;

    met_service_request(p.service, a, false);
    met_service_request(p.service, b, true);
    const char *page = page_of(p.registry, MET_TEXT);
    expect_on(page, "app_request_latency_seconds_count", 2);
    expect_on(page, "app_request_latency_seconds_sum", a + b);
    expect_on(page, BUCKET("0.25"), 0);
    expect_on(page, BUCKET("0.5"), 1);
    expect_on(page, BUCKET("1"), 1);
    expect_on(page, BUCKET("2.5"), 2);
    close_place(&p);
}

GRADED(memory_goes_up_and_down, 4, "gauge: memory in use now",
       .hint = "Bytes, and the last value that was given.",
       .help = {"service.c, met_service_memory.",
                "It is a gauge in bytes: the last value that was given is "
                "shown. Adding would be wrong.",
                "One met_gauge_set, on what met_child_gauge gives for the "
                "child that you kept."})
{
    struct place p = open_place();
    double most = (double)unforeseen(400, 500) * MIB;
    double now = (double)unforeseen(200, 300) * MIB;

    met_service_memory(p.service, most);
    expect_on(page_of(p.registry, MET_TEXT), "app_memory_usage_bytes", most);
    met_service_memory(p.service, now);
    expect_on(page_of(p.registry, MET_TEXT), "app_memory_usage_bytes", now);
    close_place(&p);
}

/* ---- prometheus.yml ---- */

static void expect_member(const json_t *o, const char *key, const char *want)
{
    const char *got = json_string_value(member(o, key));
    char expected[80];

    snprintf(expected, sizeof expected, "%s: %s", key, want);
    EXPECT(got, expected, "it is not there");
    EXPECT(strcmp(got, want) == 0, expected, "%s: %s", key, got);
}

/* Nothing else: what sends data away, or reads files, has no place here. */
static void expect_only(const json_t *o, const char *const *keys)
{
    const char *key;
    json_t *value;

    json_object_foreach((json_t *)o, key, value)
    {
        const char *const *k = keys;
        while (*k && strcmp(*k, key) != 0)
            k++;
        EXPECT(*k, "no other settings than the handout asks for", "%s", key);
    }
}

GRADED(
    settings_are_valid, 2, "promtool check config finds no fault",
    .hint = "promtool check config prometheus.yml",
    .help = {"prometheus.yml; `promtool check config prometheus.yml` names the "
             "line.",
             "YAML is indented with spaces, and an entry of a list begins with "
             "`- `. promtool also looks for the rule files that are named.",
             "Begin with the example in the handout, at \"Settings\", and "
             "change only names, times and the target."},
    .texts = true)
{
    const char *said;
    int status = room_run(
        (const struct room_file[]){
            {"/lab/prometheus.yml", text_file("prometheus.yml")},
            {"/lab/rules.yml", text_file("rules.yml")},
            {0}},
        "promtool check config /lab/prometheus.yml", &said);

    EXPECT(status == 0, "promtool finds no fault", "%.500s", said);
}

GRADED(
    settings_are_right, 4,
    "every 15 s, the job app, one target: 127.0.0.1:8000; rules.yml",
    .hint = "global, rule_files, scrape_configs, as in the handout's "
            "example. Nothing else is needed.",
    .help =
        {"prometheus.yml: global, rule_files and scrape_configs.",
         "Two intervals of 15 s (how often it scrapes, how often it evaluates "
         "rules), the file rules.yml, one job called app with one target.",
         "global: `scrape_interval: 15s` and `evaluation_interval: 15s`. "
         "rule_files: `- rules.yml`. The job: `job_name: app`, static_configs, "
         "`targets: ['127.0.0.1:8000']`."},
    .texts = true)
{
    json_t *all = yaml_file("prometheus.yml");
    const json_t *jobs = member(all, "scrape_configs");
    const json_t *job = json_array_get(jobs, 0),
                 *global = member(all, "global");
    const json_t *lists = member(job, "static_configs");
    const json_t *list = json_array_get(lists, 0);
    const json_t *targets = member(list, "targets");
    const json_t *rules = member(all, "rule_files");

    expect_only(all, (const char *const[]){"global", "rule_files",
                                           "scrape_configs", NULL});
    expect_member(global, "scrape_interval", "15s");
    expect_member(global, "evaluation_interval", "15s");
    EXPECT(json_array_size(jobs) == 1, "one job", "%zu", json_array_size(jobs));
    expect_only(job, (const char *const[]){"job_name", "static_configs", NULL});
    expect_member(job, "job_name", "app");
    EXPECT(json_array_size(lists) == 1 && json_array_size(targets) == 1,
           "one target", "%zu", json_array_size(targets));
    const char *target = json_string_value(json_array_get(targets, 0));
    EXPECT(target && (strcmp(target, "127.0.0.1:8000") == 0 ||
                      strcmp(target, "localhost:8000") == 0),
           "the target 127.0.0.1:8000", "%s", target ? target : "none");
    const char *file = json_string_value(json_array_get(rules, 0));
    EXPECT(json_array_size(rules) == 1 && file &&
               strcmp(file, "rules.yml") == 0,
           "rule_files with rules.yml", "%s", file ? file : "none");
    json_decref(all);
}

/* ---- rules.yml ---- */

GRADED(rules_are_valid, 2, "promtool check rules finds no fault",
       .hint = "promtool check rules rules.yml. The form of a rule is in the "
               "handout, at \"Rules\".",
       .help = {"rules.yml; `promtool check rules rules.yml` names the line.",
                "A group has a name and a list of rules. A rule has `record` "
                "or `alert`, and an `expr`. An expression of several lines "
                "begins with `expr: >`.",
                "Begin with the example in the handout, at \"Rules\", and "
                "write one rule after the other, checking each time."},
       .texts = true)
{
    const char *said;
    int status = room_run(
        (const struct room_file[]){{"/lab/rules.yml", text_file("rules.yml")},
                                   {0}},
        "promtool check rules /lab/rules.yml", &said);
    json_t *all = yaml_file("rules.yml");

    EXPECT(status == 0, "promtool finds no fault", "%.500s", said);
    for (size_t i = 0; i < 3; i++)
        expect_rule(all, "record",
                    (const char *[]){REQUESTS, ERRORS, LATENCY}[i]);
    json_decref(all);
}

#define LOADS(...)        \
    (const struct load[]) \
    {                     \
        __VA_ARGS__,      \
        {                 \
            0             \
        }                 \
    }

GRADED(throughput_is_recorded, 3,
       "job:app_requests:rate5m: requests a second, over 5 minutes",
       .hint = "A sum by (job): of all instances and both values of status.",
       .help = {"rules.yml, the rule job:app_requests:rate5m.",
                "First how fast each series grows, over 5 minutes; then the "
                "sum of these, with the label job kept. Never the rate of a "
                "sum: a restart would be lost in it.",
                "`sum by (job) (rate(NAME[5m]))` with the counter's name, "
                "without a choice of status."},
       .texts = true)
{
    struct world w = open_world();
    double n = (double)unforeseen(4, 40);

    add_load(&w, APP, LOADS({60, n, 1, 0}));
    add_load(&w, "job=\"app\",instance=\"b\"", LOADS({60, 3, 0, 0}));
    must_record(&w, 600, REQUESTS, "app", n + 3);
    play(&w);
}

GRADED(
    errors_are_recorded, 3,
    "job:app_errors:ratio_rate5m: the share of requests that fail",
    .hint = "Sums first, then the division: shares of instances cannot be "
            "added.",
    .help = {"rules.yml, the rule job:app_errors:ratio_rate5m.",
             "A share is a part divided by the whole. Both are sums by (job) "
             "of rates; so they have the same labels, and the division finds a "
             "pair. The part is chosen with a label in braces.",
             "`sum by (job) (rate(NAME{status=\"error\"}[5m])) / sum by (job) "
             "(rate(NAME[5m]))`."},
    .texts = true)
{
    struct world w = open_world();
    double n = (double)unforeseen(4, 40);

    add_load(&w, APP, LOADS({60, n, 1, 0}));
    add_load(&w, "job=\"app\",instance=\"b\"", LOADS({60, 2, 1, 0}));
    must_record(&w, 600, ERRORS, "app", 2 / (n + 2));
    play(&w);
}

GRADED(
    latency_is_recorded, 3,
    "job:app_request_latency_seconds:p95_5m: 95 of 100 are not slower",
    .hint = "histogram_quantile() needs the label le, and a rate.",
    .help = {"rules.yml, the rule job:app_request_latency_seconds:p95_5m.",
             "histogram_quantile takes rates of buckets, summed by le and by "
             "what is to be kept: job.",
             "`histogram_quantile(Q, sum by (...) (rate(NAME_bucket[5m])))`: Q "
             "is 0.95, and two labels are kept."},
    .texts = true)
{
    struct world w = open_world();
    double slow = (double)unforeseen(20, 50) / 100; /* of two a second */

    add_load(&w, APP, LOADS({60, 1, 0, slow}));
    add_load(&w, "job=\"app\",instance=\"b\"", LOADS({60, 1, 0, 0}));
    must_record(&w, 600, LATENCY, "app", 1 + 1.5 * (slow - 0.1) / slow);
    play(&w);
}

GRADED(alert_when_down, 4, "AppDown, severity page: for 1 minute not up",
       .hint = "Prometheus itself makes up: 0 after a scrape that failed.",
       .help =
           {"rules.yml, the alert AppDown.",
            "Prometheus writes the series up: 1 after a scrape that succeeded, "
            "0 after one that failed. Choose those of the job app that are 0.",
            "`expr: up{job=\"app\"} == 0`, `for: 1m`, labels with `severity: "
            "page`, annotations with a summary."},
       .texts = true)
{
    struct world w = open_world();

    add_series(&w, false,
               (const struct phase[]){{20, 1}, {20, 0}, {20, 1}, {0}},
               "up{" APP "}");
    client_step("up{" APP "} is 1 for 5 minutes, then 0 for 5, then 1 again");
    must_fire(&w, 295, false, "AppDown", "page");
    must_fire(&w, 330, false, "AppDown", "page");
    must_fire(&w, 390, true, "AppDown", "page");
    must_fire(&w, 585, true, "AppDown", "page");
    must_fire(&w, 615, false, "AppDown", "page");
    play(&w);
}

GRADED(alert_on_errors, 4,
       "AppErrors, severity page: for 5 minutes more than 5 % fail",
       .hint = "The share is recorded already, and is 0 to 1. The window of "
               "its rate and the time of `for` are two things.",
       .help = {"rules.yml, the alert AppErrors.",
                "The share is recorded, from 0 to 1: 5 % is 0.05. More than "
                "that, for 5 minutes.",
                "`expr: job:app_errors:ratio_rate5m > 0.05`, `for: 5m`, "
                "`severity: page`, and a summary."},
       .texts = true)
{
    struct world w = open_world();

    add_load(&w, APP, LOADS({40, 10, 0.2, 0}, {80, 10, 2, 0}, {80, 10, 0, 0}));
    must_fire(&w, 600, false, "AppErrors", "page");
    must_fire(&w, 840, false, "AppErrors", "page");
    must_fire(&w, 1080, true, "AppErrors", "page");
    must_fire(&w, 1800, true, "AppErrors", "page");
    must_fire(&w, 2400, false, "AppErrors", "page");
    play(&w);
}

GRADED(
    alert_when_slow, 4,
    "AppSlow, severity ticket: for 5 minutes 5 % take longer than 1 s",
    .hint = "The latency is recorded already, in seconds.",
    .help =
        {"rules.yml, the alert AppSlow.",
         "\"5 of 100 take longer than 1 s\" is the same as: the latency that "
         "95 of 100 do not exceed is above 1. It is recorded, in seconds.",
         "`expr: job:app_request_latency_seconds:p95_5m > 1`, `for: 5m`, "
         "`severity: ticket`, and a summary."},
    .texts = true)
{
    struct world w = open_world();

    add_load(&w, APP, LOADS({40, 10, 0, 0.2}, {80, 10, 0, 2}, {80, 10, 0, 0}));
    must_fire(&w, 600, false, "AppSlow", "ticket");
    must_fire(&w, 840, false, "AppSlow", "ticket");
    must_fire(&w, 1080, true, "AppSlow", "ticket");
    must_fire(&w, 1800, true, "AppSlow", "ticket");
    must_fire(&w, 2400, false, "AppSlow", "ticket");
    play(&w);
}

GRADED(alert_when_idle, 4,
       "AppIdle, severity ticket: for 10 minutes less than 0.1 requests/s",
       .hint = "The rate is recorded already. A service that nobody reaches "
               "has no errors and is not slow.",
       .help = {"rules.yml, the alert AppIdle.",
                "The rate is recorded. Less than 0.1 a second, for 10 minutes; "
                "0 is less, too.",
                "`expr: job:app_requests:rate5m < 0.1`, `for: 10m`, `severity: "
                "ticket`, and a summary."},
       .texts = true)
{
    struct world w = open_world();

    add_load(&w, APP, LOADS({40, 5, 0, 0}, {100, 0, 0, 0}, {40, 5, 0, 0}));
    must_fire(&w, 600, false, "AppIdle", "ticket");
    must_fire(&w, 1200, false, "AppIdle", "ticket");
    must_fire(&w, 1590, true, "AppIdle", "ticket");
    must_fire(&w, 2580, false, "AppIdle", "ticket");
    play(&w);
}

/* ---- the ten questions ---- */

/* One instance, of a rate that cannot be foreseen. */
static struct past one_instance(void)
{
    double n = (double)unforeseen(5, 50);

    return (struct past){.of = {{.name = "a",
                                 .ok = n,
                                 .error = (double)unforeseen(1, 4),
                                 .fast = 0.8,
                                 .least = 200,
                                 .most = 400}},
                         .n = 1};
}

static void ask_one(int number)
{
    struct past p = one_instance();
    struct asked a = ask_about(&p);

    expect_answer(&a, &p, number, 0.01);
    room_close(&a.room);
}

GRADED(answer_1, 2,
       "Which instances of the job app are down now? (None: no result.)",
       .hint = "up is 1 or 0; `== 0` leaves those that are 0. An instance of "
               "another job is none of ours.",
       .help = {"answers.txt, line 1; \"Pull, not push\" in the handout.",
                "Whether an instance answers says the series up, which has the "
                "labels job and instance. A comparison keeps the series for "
                "which it is true.",
                "`up{...} == 0` with the job in the braces."},
       .texts = true)
{
    struct past p = one_instance();

    p.of[1] = (struct instance){.name = "b", .down = true, .ok = 1, .fast = 1};
    p.n = 2;
    struct asked a = ask_about(&p);
    expect_answer(&a, &p, 1, 0);
    room_close(&a.room);
}

GRADED(answer_2, 2, "How many requests a second came, over the last 5 minutes?",
       .hint = "rate() first, then sum().",
       .help = {"answers.txt, line 2; the table of PromQL in the handout.",
                "How fast a counter grows each second is its rate. One number "
                "for all instances and both values of status is a sum.",
                "`sum(rate(NAME[5m]))` with the counter of requests."},
       .texts = true)
{
    ask_one(2);
}

GRADED(answer_3, 2,
       "How many of these each second, by the label status and no other?",
       .hint = "sum by (...): in the brackets stands what is kept.",
       .help = {"answers.txt, line 3.",
                "As the answer to 2, but the sum keeps one label.",
                "`sum by (LABEL) (rate(NAME[5m]))`."},
       .texts = true)
{
    ask_one(3);
}

GRADED(
    answer_4, 2,
    "Which share of the requests failed, over the last 5 minutes? (0 to 1)",
    .hint = "Two sums, without labels, so that the division finds a pair.",
    .help = {"answers.txt, line 4.",
             "Those that failed, divided by all: two rates, each summed to one "
             "number without labels.",
             "`sum(rate(NAME{status=\"error\"}[5m])) / sum(rate(NAME[5m]))`."},
    .texts = true)
{
    ask_one(4);
}

GRADED(answer_5, 2, "How many requests came within the last 10 minutes?",
       .hint = "increase() is rate() times the seconds.",
       .help = {"answers.txt, line 5.",
                "Not each second but in all: that is increase, over the window "
                "in the brackets.",
                "`sum(increase(NAME[10m]))`."},
       .texts = true)
{
    ask_one(5);
}

GRADED(
    answer_6, 2,
    "How long did a request take on average, over the last 5 minutes? "
    "(seconds)",
    .hint = "A histogram has a sum and a count: all seconds, and all "
            "requests. Divide the rate of one by that of the other.",
    .help =
        {"answers.txt, line 6; what a histogram shows on the page stands in "
         "the handout, at \"Three types\".",
         "The average is all seconds divided by all requests: _sum and _count. "
         "Both are counters, so take their rates; sum each, then divide.",
         "`sum(rate(NAME_sum[5m])) / sum(rate(NAME_count[5m]))`."},
    .texts = true)
{
    ask_one(6);
}

GRADED(answer_7, 2,
       "How long did 95 of 100 requests take at most, over the last 5 minutes?",
       .hint = "histogram_quantile() of the rates of the buckets, summed by "
               "what it cannot do without: le.",
       .help =
           {"answers.txt, line 7.",
            "A quantile is made of the rates of the buckets, of all instances "
            "together: their sum by le, and no other label.",
            "`histogram_quantile(0.95, sum by (le) (rate(NAME_bucket[5m])))`."},
       .texts = true)
{
    ask_one(7);
}

GRADED(
    answer_8, 2,
    "Which share of the requests took at most 0.5 s, over the last 5 minutes?",
    .hint = "A bucket is a counter, and cumulative: that of 0.5 has all that "
            "took at most 0.5 s.",
    .help = {"answers.txt, line 8.",
             "The bucket with le=\"0.5\" counts all that took at most 0.5 s. "
             "Its rate divided by the rate of all.",
             "`sum(rate(NAME_bucket{le=\"0.5\"}[5m])) / "
             "sum(rate(NAME_count[5m]))`."},
    .texts = true)
{
    ask_one(8);
}

GRADED(
    answer_9, 2,
    "How much memory did any one instance use at most, in the last 10 minutes?",
    .hint = "max_over_time() of each instance first, then max() of all.",
    .help = {"answers.txt, line 9.",
             "First for each instance its largest value in the window, then "
             "the largest of these. A gauge needs no rate.",
             "`max(max_over_time(NAME[10m]))` with the gauge of memory."},
    .texts = true)
{
    ask_one(9);
}

GRADED(answer_10, 2,
       "Which two instances have the highest rate of errors, over the last 5 "
       "minutes? (Two series, with the label instance and no other.)",
       .hint = "Sum away what is not instance, and then take two.",
       .help = {"answers.txt, line 10.",
                "Rates of errors, summed so that only the label instance is "
                "left; of these the two largest.",
                "`topk(2, sum by (instance) (...))` with the rate of the "
                "failed requests in the brackets."},
       .texts = true)
{
    struct past p = one_instance();

    p.of[1] = (struct instance){.name = "b", .ok = 9, .error = 0.9, .fast = 1};
    p.of[2] = (struct instance){.name = "c", .ok = 99, .error = 0.1, .fast = 1};
    p.n = 3;
    struct asked a = ask_about(&p);
    expect_answer(&a, &p, 10, 0.01);
    room_close(&a.room);
}

/* ---- dashboard.json ---- */

GRADED(
    dashboard_form, 3, "dashboard.json has what Grafana needs of a dashboard",
    .hint = "title, uid, schemaVersion, panels; each panel with type, "
            "title, datasource, gridPos, unit and targets.",
    .help =
        {"dashboard.json; the test names the panel and what it lacks.",
         "The file is given but for expressions and units. Each panel needs a "
         "type, a title, a datasource, a place (gridPos), a unit and a target "
         "with an expression.",
         "Fill in each empty `\"unit\"` and `\"expr\"`, and take nothing away. "
         "`jq . dashboard.json` or any JSON checker finds a missing comma."},
    .texts = true)
{
    json_t *d = read_board();
    const json_t *panels = json_object_get(d, "panels");
    size_t i;
    json_t *panel;

    EXPECT(*text_in(d, "title") && *text_in(d, "uid"), "a title and a uid",
           "title \"%s\", uid \"%s\"", text_in(d, "title"), text_in(d, "uid"));
    EXPECT(number_in(d, "schemaVersion") >= 16, "schemaVersion of 16 or above",
           "%ld", number_in(d, "schemaVersion"));
    EXPECT(json_array_size(panels) >= 4, "at least four panels", "%zu",
           json_array_size(panels));
    json_array_foreach(panels, i, panel)
    {
        expect_panel(panel);
    }
    json_decref(d);
}

/* ---- alive ---- */

/* Of the service by itself, with the judge's own expressions. */
static void expect_truth(struct live *l)
{
    struct truth t = truth_of(l, LIVE_WINDOW);

    expect_up(l);
    expect_number(&l->a, "sum(rate(app_requests_total[5m]))", t.requests / 300,
                  LIVE_BOUND);
    expect_number(&l->a,
                  "histogram_quantile(0.95, sum by (le) "
                  "(rate(app_request_latency_seconds_bucket[5m])))",
                  true_quantile(&t, 0.95), LIVE_BOUND);
    expect_number(&l->a, "sum(app_memory_usage_bytes)", t.memory, 1e-9);
}

/* 1 where a Prometheus would find out nothing new. */
static bool is_replay(void)
{
    double in = 0, out = 0;

    scenario("is_watched_by_a_sanitizer", &in, 1, &out, 1);
    return out != 0;
}

GRADED(
    watched_in_text, 8,
    "A Prometheus with prometheus.yml and rules.yml scrapes the service, "
    "and knows the truth",
    .hint = "make run LAB=08, then prometheus as in the handout's Run; its "
            "page Status, Targets says what a scrape met.",
    .help = {
        "Run it yourself: the service in one window, Prometheus in the other, "
        "as the handout's \"Run\" says. The page Status, Targets shows what a "
        "scrape met.",
        "Prometheus must find the target of prometheus.yml, the page must be "
        "well formed, and the recorded rules must give what the simulation "
        "knows. So labs 04 to 06 must work, and your service and rules.",
        "If the target is down: does the service listen on the port of the "
        "settings? If it is up and a number is wrong: ask for the name itself "
        "first, then for its rate, then for the sum."})
{
    if (is_replay())
        return;
    struct live l = go_live(MET_TEXT);
    expect_truth(&l);
    end_live(&l);
}

GRADED(
    answers_alive, 4, "The answers are right for the service as it runs",
    .hint = "The questions 2 to 9; what differs is that the numbers come "
            "from your page.",
    .help = {
        "answers.txt again, but with the numbers of your own page.",
        "If the tests answer_2 to answer_9 pass and this one does not, then a "
        "name, a unit or a label on your page is another one than in "
        "service.h.",
        "Compare `curl 127.0.0.1:8000/metrics` with service.h, name by name. "
        "Seconds, not milliseconds; bytes; status=\"ok\" and \"error\"."})
{
    if (is_replay())
        return;
    struct live l = go_live(MET_OPENMETRICS);
    struct truth t = truth_of(&l, LIVE_WINDOW), ten = truth_of(&l, LIVE_TEN);
    const double want[] = {t.requests / 300,       0,
                           t.errors / t.requests,  ten.requests,
                           t.seconds / t.requests, true_quantile(&t, 0.95),
                           t.below[6] / t.requests};

    expect_truth(&l);
    for (int i = 0; i < 7; i++)
        if (i != 1)
            expect_number(&l.a, answer_text(i + 2), want[i], LIVE_BOUND);
    expect_number(&l.a, answer_text(9), ten.most, 1e-9);
    end_live(&l);
}

GRADED(
    dashboard_alive, 8,
    "The dashboard shows requests a second, the share of errors, the "
    "latency of 95 % and the memory, each with its unit",
    .hint = "One panel each whose expression gives one number. Units: "
            "reqps, percentunit, s, bytes.",
    .help = {
        "dashboard.json: the expression and the unit of the first four panels.",
        "Each of them shows one number: a sum, a share, a quantile, a maximum "
        "or a sum of memory. Units: reqps, percentunit, s, bytes. A share is 0 "
        "to 1, which percentunit shows as per cent.",
        "Take the expressions of your answers 2, 4 and 7, and of the memory; "
        "the window may be $__rate_interval. Each must give exactly one "
        "series."})
{
    if (is_replay())
        return;
    json_t *board = read_board();
    struct live l = go_live(MET_TEXT);
    struct truth t = truth_of(&l, LIVE_WINDOW);
    struct fact facts[] = {
        {.what = "requests a second",
         .unit = "reqps",
         .value = t.requests / 300},
        {.what = "the share of errors",
         .unit = "percentunit",
         .value = t.errors / t.requests,
         .other_unit = "reqps",
         .other_value = t.errors / 300},
        {.what = "the latency that 95 % do not exceed",
         .unit = "s",
         .value = true_quantile(&t, 0.95)},
        {.what = "memory", .unit = "bytes", .value = t.memory}};

    look_at_board(&l, board, facts, sizeof facts / sizeof *facts);
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        expect_shown(&facts[i]);
    end_live(&l);
    json_decref(board);
}

/* SPDX-License-Identifier: MIT
 *
 * live.h - a Prometheus that scrapes the submission, and what it then knows
 *
 * Prometheus runs in a room of its own. It scrapes a socket there; for each
 * scrape the test lets the visitors of 30 s come to the service, gets the page
 * from the submission's server, and passes it on with a timestamp behind each
 * sample. So ten minutes pass in three seconds, and all else is as it is in
 * life: the page, the content type, the scrape, the store, the query.
 */
#ifndef SUITE_LIVE_H
#define SUITE_LIVE_H

#include "crowd.h"
#include "judge/http.h"
#include "past.h"
#include "rules.h"
#include "wire/frame.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { LIVE_SLOTS = 23, LIVE_WINDOW = 10, LIVE_TEN = 20, LIVE_MS = 60000 };

/* How far a rate may be from the truth. Windows begin and end at a scrape, and
 * none is missed: so there is nothing that Prometheus would have to guess. */
#define LIVE_BOUND 0.02

struct live {
    struct place place;
    struct met_server *server;
    struct http_client client; /* of the submission's server */
    enum met_format format;
    struct asked a;
    uint64_t seed;
    int slot;   /* how many have come */
    char *page; /* of the last slot, with timestamps */
    char type[200];
};

/* ---- the page, with timestamps ---- */

static double slot_time(const struct live *l, int slot)
{
    return l->a.now + (slot - LIVE_SLOTS) * CROWD_SLOT_SECONDS;
}

/* Behind each line that is a sample. The caller frees it. */
static char *stamped(const char *page, enum met_format format, double time)
{
    char stamp[40], *out = NULL;
    size_t size;
    FILE *f = open_memstream(&out, &size);

    if (format == MET_TEXT)
        snprintf(stamp, sizeof stamp, " %.0f", time * 1000);
    else
        snprintf(stamp, sizeof stamp, " %.3f", time);
    while (*page) {
        int n = (int)strcspn(page, "\n");
        fprintf(f, "%.*s%s\n", n, page, n > 0 && *page != '#' ? stamp : "");
        page += n + (page[n] == '\n');
    }
    fclose(f);
    return out;
}

static void next_slot(struct live *l)
{
    static const char *const wants[] = {
        [MET_TEXT] = "text/plain;version=0.0.4",
        [MET_OPENMETRICS] = "application/openmetrics-text;version=1.0.0"};
    char request[200];
    struct http_response r;

    RUN(visitors_come, (double)(uintptr_t)l->place.service, (double)l->seed,
        l->slot++);
    int n = snprintf(request, sizeof request,
                     "GET /metrics HTTP/1.1\r\nHost: a\r\nAccept: %s\r\n\r\n",
                     wants[l->format]);
    if (http_send(&l->client, request, (size_t)n, client_deadline()) !=
            HTTP_OK ||
        http_read(&l->client, false, client_deadline(), &r) != HTTP_OK)
        judge_fail("an answer to a scrape", "%s", l->client.problem);
    const char *type = http_field(&r, "Content-Type");
    snprintf(l->type, sizeof l->type, "%s", type ? type : "");
    free(l->page);
    l->page = stamped(r.text ? r.text : "", l->format, slot_time(l, l->slot));
    http_free(&r);
}

/* ---- the target that Prometheus sees ---- */

/* Reads a request to its empty line. */
static bool read_request(int fd)
{
    char head[8192];
    size_t n = 0;
    struct pollfd p = {.fd = fd, .events = POLLIN};

    while (n < sizeof head - 1 && poll(&p, 1, 2000) == 1) {
        ssize_t got = recv(fd, head + n, sizeof head - 1 - n, 0);
        if (got <= 0)
            return false;
        n += (size_t)got;
        head[n] = '\0';
        if (strstr(head, "\r\n\r\n"))
            return true;
    }
    return false;
}

static void send_page(int fd, const struct live *l)
{
    char head[400];
    size_t size = strlen(l->page);
    int n = snprintf(head, sizeof head,
                     "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: "
                     "%zu\r\nConnection: close\r\n\r\n",
                     l->type, size);
    int whole = 1 << 20;

    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &whole, sizeof whole);
    if (send(fd, head, (size_t)n, MSG_NOSIGNAL | MSG_MORE) != n)
        return;
    /* A scrape that was given up has closed: the next one gets the page. */
    ssize_t sent = send(fd, l->page, size, MSG_NOSIGNAL);
    if (sent >= 0 && sent != (ssize_t)size)
        message_send("error", "a page that fits into a socket", "it does not");
}

/* Whether Prometheus has the page of the present slot. */
static bool is_seen(struct live *l)
{
    char problem[300], expression[120];
    double at = slot_time(l, l->slot);

    snprintf(expression, sizeof expression,
             "group(timestamp(app_memory_usage_bytes) >= %.0f)", at);
    json_t *r = room_query(&l->a.room, expression, at, problem);
    bool seen = json_array_size(r) == 1;
    json_decref(r);
    return seen;
}

/* Answers one scrape, if one comes within that time. A page that came too late
 * for the scrape before is sent again. */
static void serve_scrape(struct live *l, int ms)
{
    struct pollfd p = {.fd = l->a.room.listener, .events = POLLIN};
    int fd = poll(&p, 1, ms) == 1 ? accept(p.fd, NULL, NULL) : -1;

    if (fd < 0)
        return;
    if (read_request(fd)) {
        if (l->slot == 0 || (l->slot < LIVE_SLOTS && is_seen(l)))
            next_slot(l);
        send_page(fd, l);
    }
    close(fd);
}

/* ---- settings ---- */

static json_t *member(const json_t *o, const char *key)
{
    return json_object_get(o, key);
}

/* The target of the settings' one job. What is run is a new text, with what is
 * read here and nothing else, and with a faster clock. */
static char *fast_settings(void)
{
    json_t *all = yaml_file("prometheus.yml");
    const json_t *job = json_array_get(member(all, "scrape_configs"), 0);
    const json_t *targets =
        member(json_array_get(member(job, "static_configs"), 0), "targets");
    const char *name = json_string_value(member(job, "job_name"));
    const char *target = json_string_value(json_array_get(targets, 0));

    if (!name || !target)
        judge_fail("prometheus.yml with a job and a target",
                   "there is none (scrape_configs: job_name, static_configs: "
                   "targets)");
    json_t *fast =
        json_pack("{s:{s:s, s:s, s:s}, s:[s], s:[{s:s, s:[{s:[s]}]}]}",
                  "global", "scrape_interval", "100ms", "scrape_timeout",
                  "100ms", "evaluation_interval", "1s", "rule_files",
                  "/lab/rules.yml", "scrape_configs", "job_name", name,
                  "static_configs", "targets", target);
    char *text = json_dumps(fast, 0);
    json_decref(fast);
    json_decref(all);
    return text;
}

/* ---- all of it ---- */

static void watch(struct live *l)
{
    char *settings = fast_settings();

    l->a.now = (double)time(NULL) + 5; /* about when the last scrape comes */
    const char *why = room_open(
        &l->a.room,
        (const struct room_file[]){{"/lab/prometheus.yml", settings},
                                   {"/lab/rules.yml", text_file("rules.yml")},
                                   {0}},
        ROOM_PROMETHEUS);
    free(settings);
    EXPECT(!why, "a Prometheus that runs with these settings and rules", "%s",
           why);
    for (int64_t end = clock_ms() + LIVE_MS;
         l->slot < LIVE_SLOTS || !is_seen(l);) {
        EXPECT(clock_ms() < end, "Prometheus scrapes 127.0.0.1:8000",
               "%d scrapes came, and it knows none that is new: is this the "
               "target, and does the page have app_memory_usage_bytes?",
               l->slot);
        serve_scrape(l, 200);
    }
}

/* A window of ten minutes that ends at the last scrape begins at another one.
 * Up to version 2 Prometheus counts that one in, and since version 3 it does
 * not. So it never has the most memory; nor has the last one, so that memory
 * now is another number. */
static bool has_most_inside(uint64_t seed)
{
    int edge = LIVE_SLOTS - LIVE_TEN - 1, last = LIVE_SLOTS - 1;
    double most = 0;

    for (int s = edge + 1; s < last; s++)
        most = fmax(most, crowd_memory(seed, (uint64_t)s));
    return most > crowd_memory(seed, (uint64_t)edge) &&
           most > crowd_memory(seed, (uint64_t)last);
}

static double mean_latency(uint64_t seed, int slots)
{
    double seconds = 0, n = 0;

    for (int s = LIVE_SLOTS - slots; s < LIVE_SLOTS; s++)
        for (int i = 0; i < crowd_size(seed, (uint64_t)s); i++, n++)
            seconds += crowd_visitor(seed, (uint64_t)s, i).seconds;
    return seconds / n;
}

/* And the mean since the start is not that of the window. */
static uint64_t any_seed(void)
{
    uint64_t seed;
    double change;

    do {
        seed = (uint64_t)unforeseen(1, 1000000);
        change =
            mean_latency(seed, LIVE_SLOTS) / mean_latency(seed, LIVE_WINDOW) -
            1;
    } while (!has_most_inside(seed) || fabs(change) < 2 * LIVE_BOUND);
    return seed;
}

/* Opens all, and lets the scrapes come. */
UNUSED static struct live go_live(enum met_format format)
{
    struct live l = {.format = format, .seed = any_seed()};

    l.place.registry = met_registry_default();
    EXPECT_CODE(met_service_create(l.place.registry, &l.place.service), 0);
    EXPECT_CODE(met_server_start(l.place.registry, NULL, 0, NULL, &l.server),
                0);
    http_open(&l.client, connect_to(met_server_port(l.server)));
    watch(&l);
    return l;
}

UNUSED static void end_live(struct live *l)
{
    room_close(&l->a.room);
    http_close(&l->client);
    free(l->page);
    met_server_stop(l->server);
    met_service_destroy(l->place.service);
}

/* ---- the truth ---- */

struct truth {
    double requests, errors, seconds, memory, most;
    double below[PAST_BOUNDS]; /* requests that took at most that long */
};

/* Of the last slots. */
UNUSED static struct truth truth_of(const struct live *l, int slots)
{
    struct truth t = {0};

    for (int s = LIVE_SLOTS - slots; s < LIVE_SLOTS; s++) {
        for (int i = 0; i < crowd_size(l->seed, (uint64_t)s); i++) {
            struct visitor v = crowd_visitor(l->seed, (uint64_t)s, i);
            t.requests++;
            t.errors += v.failed;
            t.seconds += v.seconds;
            for (int b = 0; b < PAST_BOUNDS; b++)
                t.below[b] += v.seconds <= past_bounds[b];
        }
        t.memory = crowd_memory(l->seed, (uint64_t)s);
        t.most = fmax(t.most, t.memory);
    }
    return t;
}

UNUSED static double true_quantile(const struct truth *t, double q)
{
    double below = 0, from = 0, rank = q * t->requests;

    for (int b = 0; b < PAST_BOUNDS; b++) {
        if (t->below[b] >= rank)
            return from + (past_bounds[b] - from) * (rank - below) /
                              (t->below[b] - below);
        below = t->below[b];
        from = past_bounds[b];
    }
    return from;
}

UNUSED static void expect_up(struct live *l)
{
    char problem[300];
    int64_t end = clock_ms() + 10000;
    bool up = false;

    client_step("ask Prometheus up{job=\"app\"} == 1");
    while (!up && clock_ms() < end) {
        json_t *r = room_query(&l->a.room, "up{job=\"app\"} == 1", 0, problem);
        up = json_array_size(r) == 1;
        json_decref(r);
        if (!up)
            serve_scrape(l, 200);
    }
    EXPECT(up, "one instance of the job app is up", "none is");
}

#endif

/* SPDX-License-Identifier: MIT
 *
 * hidden.c - the graded tests of lab 06 that a student does not see
 *
 * Hundreds of clients, clients that are slow, hostile or dead, and what cannot
 * be foreseen.
 */
#include "client.h"

#define SUITE hidden

/* ---- what cannot be foreseen ---- */

static void expect_refusal(int port, const char *bytes, size_t n)
{
    struct http_client c = dial(port);

    send_bytes(&c, bytes, n);
    expect_last(&c, 400);
}

/* Each of the characters in several parts of the head, which keeps its end;
 * where exactly cannot be foreseen. */
GRADED(control_characters, 3,
       "a CR elsewhere, a NUL, or any other control character but a tab in a "
       "value",
       .hint = "Anywhere in the head, and each of the 32.")
{
    static const char good[] =
        GET_WITH("Accept: text/plain\r\nUser-Agent: x\r\n");
    static const char bytes[] = {0, 1, 2, 7, 8, 11, 12, 14, 0x1f, 0x7f};
    enum { TRIES = 40, LENGTH = sizeof good - 1, PLACES = LENGTH - 3 };
    struct site s = open_site(NULL);
    char request[LENGTH + 1];

    for (int i = 0; i < TRIES; i++) {
        size_t at = (size_t)unforeseen(i * PLACES / TRIES,
                                       (i + 1) * PLACES / TRIES - 1);
        memcpy(request, good, at);
        request[at] = bytes[i * 7 % (int)sizeof bytes];
        memcpy(request + at + 1, good + at, LENGTH - at);
        expect_refusal(s.port, request, LENGTH + 1);
    }
    scrape(s.port);
    close_site(&s);
}

/* What asks for a format, or only seems to: -1. Each stands against one that
 * asks for the other. */
#define OPEN "application/openmetrics-text"
static const struct {
    const char *type;
    int format; /* enum met_format, or -1 */
    const char *against;
} types[] = {{"text/plain", MET_TEXT, OPEN},
             {"text/plain;version=0.0.4", MET_TEXT, OPEN ";version=0.0.1"},
             {"text/plain;version=0.0.3", -1, OPEN},
             {"*/*", MET_TEXT, OPEN},
             {OPEN, MET_OPENMETRICS, "text/plain"},
             {OPEN " ; version=1.0.0", MET_OPENMETRICS, "text/*"},
             {OPEN ";charset=utf-8", MET_OPENMETRICS, "text/plain;a=b"},
             {OPEN ";version=3.0.0", -1, "text/plain"},
             {"application/json", -1, OPEN ";version=1.0.0"},
             {"text/plainer", -1, OPEN}};
enum { TYPES = sizeof types / sizeof *types };

static int write_entry(char *field, size_t size, const char *type, int q)
{
    return snprintf(field, size, "%s%s;q=0.%03d", unforeseen(0, 1) ? " " : "",
                    type, q);
}

/* Writes an Accept field of two entries, and returns what it asks for. By i:
 * which type, whether it comes first, whether both have one q. */
static enum met_format any_accept(int i, char *field, size_t size)
{
    int k = i % TYPES, equal = i / TYPES / 2, second = i / TYPES % 2;
    int high = (int)(100 * unforeseen(1, 9) + unforeseen(20, 99));
    int low = high - (equal ? 0 : (int)unforeseen(1, 9));
    bool against = types[k].format < 0 || (equal && second);
    int other = types[k].format == MET_TEXT ? MET_OPENMETRICS : MET_TEXT;
    size_t n = (size_t)snprintf(field, size, "Accept: ");

    if (second)
        n += (size_t)write_entry(field + n, size - n, types[k].against, low);
    n += (size_t)snprintf(field + n, size - n, second ? "," : "");
    n += (size_t)write_entry(field + n, size - n, types[k].type, high);
    n += (size_t)snprintf(field + n, size - n, second ? "" : " ,");
    if (!second)
        n += (size_t)write_entry(field + n, size - n, types[k].against, low);
    snprintf(field + n, size - n, "\r\n");
    if (types[k].format < 0)
        other = strncmp(types[k].against, OPEN, strlen(OPEN)) == 0
                    ? MET_OPENMETRICS
                    : MET_TEXT;
    return (enum met_format)(against ? other : types[k].format);
}

/* A q of three digits; 0 and "not there" stay. */
static int any_q(int kind)
{
    return kind == 2 ? (int)unforeseen(1, 999) : kind - 1;
}

/* The same of Accept-Encoding: gzip and *, both perhaps not there or 0. */
static bool any_coding(int i, char *field, size_t size)
{
    static const char *const others[] = {"br", "identity;q=0.5", "deflate"};
    int gzip = any_q(i % 3), any = any_q(i / 3 % 3);
    int first = i / 9 % 2;
    char texts[2][32] = {"", ""};

    if (gzip >= 0)
        snprintf(texts[0], sizeof texts[0], ", gzip;q=0.%03d", gzip);
    if (any >= 0)
        snprintf(texts[1], sizeof texts[1], ", *;q=0.%03d", any);
    snprintf(field, size, "Accept-Encoding: %s%s%s\r\n",
             others[unforeseen(0, 2)], texts[first], texts[!first]);
    return gzip >= 0 ? gzip > 0 : any > 0;
}

GRADED(any_wish, 3,
       "Accept is a list of media types. The one with the highest q above 0 "
       "wins, and the first of equals.",
       .hint = "Spaces, parameters, unknown types, q with three digits.")
{
    struct site s = open_site(NULL);
    struct http_client c = dial(s.port);
    char accept[500], coding[200], request[1000];

    for (int i = 0; i < 4 * TYPES; i++) {
        enum met_format format = any_accept(i, accept, sizeof accept);
        bool gzip = any_coding(i, coding, sizeof coding);
        snprintf(request, sizeof request, "GET" TO("/metrics") "%s%s\r\n",
                 accept, coding);
        send_text(&c, request);
        struct http_response r = expect_answer(&c, 200, false);
        EXPECT(strcmp(or_none(http_field(&r, "Content-Type")),
                      met_content_type(format)) == 0,
               met_content_type(format), "%s, for %.300s",
               or_none(http_field(&r, "Content-Type")), accept);
        EXPECT(r.gzip == gzip, gzip ? "gzip" : "no gzip", "%s, for %s",
               r.gzip ? "gzip" : "no gzip", coding);
        EXPECT_STR(r.text, page_of(&s, format));
        http_free(&r);
    }
    http_close(&c);
    close_site(&s);
}

/* ---- slow and silent clients ---- */

GRADED(silent_clients, 4,
       "A slow or silent client costs a connection for a bounded time, and "
       "does not make others wait",
       .hint = "200 that say nothing or half a word, and 50 that send a byte "
               "at a time.",
       .threads = true)
{
    enum { SILENT = 200, SLOW = 50 };
    static struct http_client silent[SILENT], slow[SLOW];
    struct site s = open_site(&(struct met_server_options){
        .request_ms = LONG_MS, .idle_ms = LONG_MS});

    for (int i = 0; i < SILENT; i++) {
        silent[i] = dial(s.port);
        if (i % 2)
            send_quietly(&silent[i], "GET /met", 8);
    }
    for (int i = 0; i < SLOW; i++)
        slow[i] = dial(s.port);
    for (size_t at = 0; at + 1 < sizeof GET; at++) {
        for (int i = 0; i < SLOW; i++)
            send_quietly(&slow[i], &GET[at], 1);
        scrape(s.port);
    }
    for (int i = 0; i < SLOW; i++) {
        expect_status(&slow[i], 200);
        http_close(&slow[i]);
    }
    for (int i = 0; i < SILENT; i++)
        http_close(&silent[i]);
    close_site(&s);
}

static struct http_response large_page(int port)
{
    struct http_client c = dial(port);

    send_text(&c, GET);
    struct http_response r = expect_answer(&c, 200, false);
    EXPECT(r.length > PIECE * (size_t)PIECES, "a page with all of it", "%zu",
           r.length);
    http_close(&c);
    return r;
}

GRADED(short_writes, 4,
       "GET /metrics answers 200 with the page of exposition.h",
       .hint = "send() may take a part of what it is given, and returns how "
               "much.")
{
    enum { WAITING = 4 };
    struct http_client c[WAITING];
    struct site s =
        open_site(&(struct met_server_options){.write_ms = LONG_MS});

    add_large_pages(s.registry);
    for (int i = 0; i < WAITING; i++) {
        c[i] = dial(s.port);
        send_text(&c[i], i % 2 ? GET GET : GET);
    }
    struct http_response first = large_page(s.port);
    expect_valid(&first, MET_TEXT);
    for (int i = 0; i < WAITING; i++) {
        struct http_response r = expect_answer(&c[i], 200, false);
        EXPECT(r.length == first.length &&
                   memcmp(r.body, first.body, r.length) == 0,
               "the same page to all", "another one");
        http_free(&r);
        if (i % 2)
            expect_status(&c[i], 200);
        http_close(&c[i]);
    }
    http_free(&first);
    close_site(&s);
}

/* Reads nothing for as long as the server holds its connection. */
static void wait_for_release(long descriptors)
{
    int64_t deadline = client_deadline();

    while (count_held().descriptors > descriptors) {
        if (clock_ms() > deadline)
            client_late("a peer that takes no answer is cut off after write_ms",
                        "its connection stays");
        usleep(2000);
    }
}

GRADED(clients_that_do_not_read, 4,
       "for the peer to take one answer: else cut off",
       .hint = "write_ms counts until the last byte is taken.")
{
    enum { DEAF = 2 };
    struct http_client c[DEAF];
    struct site s = open_site(&(struct met_server_options){.write_ms = 50});

    add_large_pages(s.registry);
    ask(s.port, OTHER, 404);
    struct held before = count_held();
    for (int i = 0; i < DEAF; i++) {
        c[i] = dial(s.port);
        send_text(&c[i], i % 2 ? GET : GET GET GET);
    }
    wait_for_release(before.descriptors);
    for (int i = 0; i < DEAF; i++)
        http_close(&c[i]);
    ask(s.port, OTHER, 404);
    close_site(&s);
}

GRADED(peers_that_went_away, 3,
       "No signal is raised by a peer that went away, and none is handled in "
       "the server's threads.",
       .hint = "Writing to a connection that is gone raises SIGPIPE, unless it "
               "is told not to.")
{
    enum { TIMES = 4 };
    struct site s =
        open_site(&(struct met_server_options){.write_ms = LONG_MS});

    add_large_pages(s.registry);
    struct held before = count_held();
    for (int i = 0; i < TIMES; i++) {
        struct http_client c = dial(s.port);
        send_text(&c, i % 2 ? GET : GET GET);
        shutdown(c.fd, SHUT_WR);
        wait_for_bytes(&c);
        client_step("go away in the middle of the answer");
        http_close(&c);
    }
    expect_released(&before);
    ask(s.port, OTHER, 404);
    close_site(&s);
}

/* ---- many requests ---- */

enum { GROWTH_BYTES = 2 << 20 };

static void scrape_often(const struct site *s, long times)
{
    static const char *const kinds[] = {
        GET, GET_WITH("Accept-Encoding: gzip\r\n"),
        GET_WITH("Accept: application/openmetrics-text\r\n"), OTHER,
        "HEAD" TO("/metrics") "\r\n"};
    struct http_client kept = dial(s->port);

    for (long i = 0; i < times; i++) {
        struct http_client own = {.fd = -1};
        struct http_client *c = &kept;
        if (i % 3 == 0) {
            own = dial(s->port);
            c = &own;
        }
        send_text(c, kinds[i % 5]);
        struct http_response r = read_answer(c, i % 5 == 4);
        http_free(&r);
        http_close(&own);
    }
    http_close(&kept);
}

static void add_children(struct met_registry *r)
{
    struct met_family *f = NULL;
    char value[32];

    EXPECT_CODE(met_registry_gauge(r, "wide", "Many.",
                                   (const char *const[]){"x"}, 1, &f),
                0);
    for (int i = 0; i < 200; i++) {
        struct met_child *c = NULL;
        snprintf(value, sizeof value, "value number %d", i);
        EXPECT_CODE(met_family_child(f, (const char *const[]){value}, 1, &c),
                    0);
        met_child_release(c);
    }
}

GRADED(many_scrapes, 4,
       "memory and descriptors do not grow with the number of requests and "
       "connections that came and went.",
       .hint = "Everything that an answer needs is released, or used again. "
               "Descriptors, threads and memory are counted from outside.")
{
    long sanitized = (long)RUN(is_sanitized, 0);
    long times = sanitized ? 150 : 2000;
    struct site s = open_site(NULL);

    add_children(s.registry);
    struct held before = count_held();
    scrape_often(&s, times / 5);
    expect_released(&before);
    struct held warm = count_held();
    scrape_often(&s, times);
    expect_released(&before);
    long growth = count_held().memory_bytes - warm.memory_bytes;
    EXPECT(sanitized || growth < GROWTH_BYTES, "memory does not grow",
           "by %ld KiB in %ld scrapes", growth >> 10, times);
    close_site(&s);
}

GRADED(scrapes_beside_updates, 4, "Threads: any, any time",
       .hint = "Every page is valid, whatever happens meanwhile.",
       .threads = true)
{
    static const char *const kinds[] = {
        GET, GET_WITH("Accept: application/openmetrics-text\r\n"
                      "Accept-Encoding: gzip\r\n")};
    struct site s = {.registry = met_registry_default()};
    struct http_client c[2];
    long times = RUN(is_sanitized, 0) ? 20 : 60;

    s.server = start(s.registry, NULL);
    s.port = met_server_port(s.server);
    RUN(begin_updates, 0);
    for (int i = 0; i < 2; i++)
        c[i] = dial(s.port);
    for (long i = 0; i < times; i++) {
        send_text(&c[0], kinds[i % 2]);
        send_text(&c[1], kinds[i % 2]);
        for (int k = 0; k < 2; k++) {
            struct http_response r = expect_answer(&c[k], 200, false);
            expect_valid(&r, i % 2 ? MET_OPENMETRICS : MET_TEXT);
            http_free(&r);
        }
    }
    double count = RUN(end_updates, 0);
    send_text(&c[0], GET);
    struct http_response r = expect_answer(&c[0], 200, false);
    const char *line = strstr(r.text, "\nh_count ");
    EXPECT_DOUBLE(line ? strtod(line + 9, NULL) : -1, count);
    http_free(&r);
    http_close(&c[0]);
    http_close(&c[1]);
    met_server_stop(s.server);
}

/* ---- stop, and no descriptors ---- */

/* New connections are refused from its beginning on. */
static void wait_for_stop(int port)
{
    int64_t deadline = client_deadline();
    int fd;

    while ((fd = connect_to(port)) >= 0) {
        close(fd);
        if (clock_ms() > deadline)
            client_late("new connections are refused during a stop",
                        "they are accepted");
        usleep(1000);
    }
}

GRADED(stop_in_flight, 4,
       "Requests in flight finish first: those of which a byte had been sent "
       "when the call began. The last answer on each connection has "
       "Connection: close.",
       .hint = "Half a head, the second of two, an answer that is half sent.",
       .threads = true)
{
    struct site s = open_site(
        &(struct met_server_options){.request_ms = 30000, .write_ms = 30000});
    struct http_client half, second, reading, silent;

    add_large_pages(s.registry);
    silent = dial(s.port);
    half = dial(s.port);
    send_bytes(&half, GET, 9);
    second = dial(s.port);
    send_text(&second, OTHER);
    expect_status(&second, 404);
    send_bytes(&second, GET, sizeof GET - 2);
    reading = dial(s.port);
    send_text(&reading, GET GET);
    arrive(&half);
    arrive(&second);
    arrive(&reading);
    RUN(begin_stop, (double)(uintptr_t)s.server);
    wait_for_stop(s.port);
    send_text(&half, &GET[9]);
    send_text(&second, "\n");
    expect_last(&half, 200);
    expect_last(&second, 200);
    expect_status(&reading, 200); /* its head may have been sent before */
    expect_last(&reading, 200);
    expect_end(&silent);
    http_close(&silent);
    RUN(end_stop, 0);
    met_registry_destroy(s.registry);
}

GRADED(no_descriptor_left, 2,
       "When the process has no descriptor left, a new connection waits until "
       "there is one.",
       .hint = "accept() says EMFILE: that is no reason to give up, nor to try "
               "again without a pause.")
{
    enum { LEFT = 2, CLIENTS = 4 };
    struct site s = open_site(NULL);
    struct http_client c[CLIENTS];

    scrape(s.port);
    struct held before = count_held();
    RUN(leave_descriptors, LEFT);
    for (int i = 0; i < CLIENTS; i++) {
        c[i] = dial(s.port);
        send_text(&c[i], GET);
        if (i < LEFT)
            expect_status(&c[i], 200);
    }
    for (int i = 0; i < LEFT; i++) { /* those that are there go on */
        send_text(&c[i], GET);
        expect_status(&c[i], 200);
    }
    RUN(free_descriptors, 0);
    for (int i = LEFT; i < CLIENTS; i++)
        expect_status(&c[i], 200);
    for (int i = 0; i < CLIENTS; i++)
        http_close(&c[i]);
    expect_released(&before);
    close_site(&s);
}

static void wait_until_held(long descriptors)
{
    int64_t deadline = client_deadline();

    while (count_held().descriptors < descriptors) {
        if (clock_ms() > deadline)
            client_late("the server accepts connections", "they wait");
        usleep(2000);
    }
}

/* poll(2) refuses a list that is longer than the limit, whatever is open. */
GRADED(limit_lowered, 2,
       "So too when the limit on descriptors is lowered below what is open: "
       "the connections that are there go on.",
       .hint = "Every system call may say no, poll() as well: read what its "
               "manual page says of EINVAL.")
{
    enum { CLIENTS = 12, LIMIT = 6 };
    struct site s = open_site(NULL);
    struct held before = count_held();
    struct http_client c[CLIENTS];

    for (int i = 0; i < CLIENTS; i++)
        c[i] = dial(s.port);
    wait_until_held(before.descriptors + CLIENTS);
    client_step("the limit on descriptors is now %d", LIMIT);
    EXPECT_DOUBLE(RUN(lower_limit, LIMIT), 0);
    for (int i = 0; i < CLIENTS; i++) {
        send_text(&c[i], GET);
        expect_status(&c[i], 200);
    }
    client_step("the limit is what it was");
    EXPECT_DOUBLE(RUN(restore_limit, 0), 0);
    for (int i = 0; i < CLIENTS; i++)
        http_close(&c[i]);
    close_site(&s);
}

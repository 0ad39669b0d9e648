/* SPDX-License-Identifier: MIT
 *
 * client.h - what the tests of lab 06 share: a server, and clients of it
 *
 * No test waits for a time: it waits for an answer, an end or a count, up to a
 * deadline that is long for any server that works. Where a limit of the server
 * is short, nothing has to happen within it.
 */
#ifndef SUITE_CLIENT_H
#define SUITE_CLIENT_H

#include "judge/http.h"
#include "judge/judge.h"
#include "support/expo.h"
#include "wire/frame.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

/* Not every suite uses all of it. */
#define UNUSED __attribute__((unused))

#define TO(target) " " target " HTTP/1.1\r\nHost: localhost\r\n"
#define GET_WITH(fields) "GET" TO("/metrics") fields "\r\n"
#define GET GET_WITH("")
#define OTHER "GET" TO("/other") "\r\n"

/* Longer than any test: only for what must not happen. */
enum { LONG_MS = 600000 };

/* ---- the server ---- */

struct site {
    struct met_registry *registry;
    struct met_server *server;
    int port;
};

UNUSED static struct met_server *start(struct met_registry *r,
                                       const struct met_server_options *o)
{
    struct met_server *s = NULL;

    EXPECT_CODE(met_server_start(r, NULL, 0, o, &s), 0);
    EXPECT(s != NULL, "met_server_start stores a server in *out", "NULL");
    return s;
}

/* A registry with a few metrics, whose values cannot be foreseen. */
UNUSED static struct site open_site(const struct met_server_options *o)
{
    struct site s = {0};
    struct met_family *f = NULL;
    struct met_child *c = NULL;

    EXPECT_CODE(met_registry_create(&s.registry), 0);
    EXPECT_CODE(met_registry_counter(s.registry, "requests_total", "Requests.",
                                     NULL, 0, &f),
                0);
    EXPECT_CODE(met_family_child(f, NULL, 0, &c), 0);
    EXPECT_CODE(
        met_counter_add(met_child_counter(c), (double)unforeseen(1, 1000000)),
        0);
    met_child_release(c);
    EXPECT_CODE(
        met_registry_gauge(s.registry, "depth", "How deep?", NULL, 0, &f), 0);
    s.server = start(s.registry, o);
    s.port = met_server_port(s.server);
    EXPECT(s.port > 0, "a port above 0", "%d", s.port);
    return s;
}

UNUSED static void close_site(struct site *s)
{
    met_server_stop(s->server);
    met_registry_destroy(s->registry);
}

/* What the server should show; lives until the next call. */
UNUSED static const char *page_of(const struct site *s, enum met_format format)
{
    static char page[1 << 15];
    size_t size = 0;

    EXPECT_CODE(met_expose(s->registry, format, page, sizeof page - 1, &size),
                0);
    page[size < sizeof page ? size : 0] = '\0';
    return page;
}

/* ---- clients ---- */

UNUSED static struct http_client dial_host(int host, int port)
{
    struct http_client c;
    int fd = connect_to_host(host, port);

    if (fd < 0) {
        client_lost();
        judge_fail("a client can connect", "127.0.0.%d, port %d: %s", host,
                   port, strerror(-fd));
    }
    http_open(&c, fd);
    client_step("connect");
    return c;
}

UNUSED static struct http_client dial(int port)
{
    return dial_host(1, port);
}

/* A step, with the bytes as C writes them. */
static void show_bytes(const char *bytes, size_t n)
{
    char text[100];
    size_t used = 0;

    for (size_t i = 0; i < n && used < sizeof text - 8; i++) {
        unsigned char b = (unsigned char)bytes[i];
        const char *as = b == '\r' ? "\\r" : b == '\n' ? "\\n" : NULL;
        used += (size_t)snprintf(text + used, sizeof text - used,
                                 as                    ? "%s"
                                 : b < ' ' || b >= 127 ? "%s\\x%02x"
                                                       : "%s%c",
                                 as ? as : "", b);
        if (used >= sizeof text - 8)
            snprintf(text + used, sizeof text - used, "...");
    }
    client_step("send \"%s\"", n ? text : "");
}

static void send_quietly(struct http_client *c, const char *bytes, size_t n)
{
    if (http_send(c, bytes, n, client_deadline()) == HTTP_LATE)
        client_late("the server reads what is sent", "it does not");
}

UNUSED static void send_bytes(struct http_client *c, const char *bytes,
                              size_t n)
{
    show_bytes(bytes, n);
    send_quietly(c, bytes, n);
}

UNUSED static void send_text(struct http_client *c, const char *text)
{
    send_bytes(c, text, strlen(text));
}

/* Nothing is on the way any more: the server can see it. */
UNUSED static void arrive(struct http_client *c)
{
    if (http_arrive(c, client_deadline()) != HTTP_OK)
        client_late("the server reads what is sent", "it does not");
}

static struct http_response read_answer(struct http_client *c, bool no_body)
{
    struct http_response r;
    enum http_result result = http_read(c, no_body, client_deadline(), &r);

    if (result == HTTP_LATE)
        client_late("an answer",
                    c->used ? "it stops in its middle" : "there is no answer");
    if (result == HTTP_ENDED || result == HTTP_CUT)
        client_lost();
    if (result == HTTP_ENDED)
        judge_fail("an answer", "the connection is closed without one");
    if (result == HTTP_CUT)
        judge_fail("a whole answer", "%s", c->problem);
    if (result == HTTP_WRONG)
        judge_fail("an answer as HTTP/1.1 allows it", "%s", c->problem);
    client_step("receive %d, Content-Length %zu", r.status, r.length);
    return r;
}

/* Fails unless the next answer has this status. */
UNUSED static struct http_response expect_answer(struct http_client *c,
                                                 int status, bool no_body)
{
    struct http_response r = read_answer(c, no_body);
    char expected[40];

    snprintf(expected, sizeof expected, "an answer with the status %d", status);
    EXPECT(r.status == status, expected, "%d", r.status);
    return r;
}

UNUSED static void expect_status(struct http_client *c, int status)
{
    struct http_response r = expect_answer(c, status, false);

    http_free(&r);
}

UNUSED static void expect_end(struct http_client *c)
{
    enum http_result r = http_read_end(c, client_deadline());

    if (r == HTTP_LATE)
        client_late("the connection is closed", "it stays open");
    EXPECT(r == HTTP_OK, "the connection is closed", "%s", c->problem);
}

/* For a text that says what came. */
UNUSED static const char *or_none(const char *value)
{
    return value ? value : "none";
}

/* Whether a field, a list of words, has this word. */
UNUSED static bool has_word(const struct http_response *r, const char *name,
                            const char *word)
{
    const char *p = http_field(r, name);

    while (p && *p) {
        p += strspn(p, ", \t");
        size_t n = strcspn(p, ", \t");
        if (n == strlen(word) && strncasecmp(p, word, n) == 0)
            return true;
        p += n;
    }
    return false;
}

/* The last answer of a connection: it says so, and then the end comes. */
UNUSED static void expect_last(struct http_client *c, int status)
{
    struct http_response r = expect_answer(c, status, false);

    EXPECT(has_word(&r, "Connection", "close"),
           "an answer after which the server closes has Connection: close",
           "Connection: %s", or_none(http_field(&r, "Connection")));
    http_free(&r);
    expect_end(c);
    http_close(c);
}

/* One request on a connection of its own, which is dropped then. */
UNUSED static void expect_once(int port, const char *bytes, size_t n,
                               int status)
{
    struct http_client c = dial(port);

    send_bytes(&c, bytes, n);
    expect_status(&c, status);
    http_close(&c);
}

UNUSED static void ask(int port, const char *request, int status)
{
    expect_once(port, request, strlen(request), status);
}

UNUSED static void scrape(int port)
{
    ask(port, GET, 200);
}

UNUSED static void wait_for_bytes(struct http_client *c)
{
    int64_t deadline = client_deadline();

    while (!http_pending(c)) {
        if (clock_ms() > deadline)
            client_late("an answer", "there is none");
        usleep(500);
    }
}

UNUSED static void expect_valid(const struct http_response *r,
                                enum met_format format)
{
    struct expo_problem why;

    if (!expo_check(r->text, r->text_size,
                    format == MET_TEXT ? EXPO_TEXT : EXPO_OPENMETRICS, NULL,
                    NULL, &why))
        judge_fail("a page that the strict checker accepts",
                   "line %zu breaks the rule \"%s\": %s", why.line, why.rule,
                   why.found);
}

/* Waits until the process holds no more than before. */
UNUSED static void expect_released(const struct held *before)
{
    int64_t deadline = client_deadline();
    struct held now;
    char got[120];

    do {
        now = count_held();
        if (now.descriptors <= before->descriptors &&
            now.threads <= before->threads)
            return;
        usleep(2000);
    } while (clock_ms() < deadline);
    snprintf(got, sizeof got,
             "%ld descriptors and %ld threads more than before stay",
             now.descriptors - before->descriptors,
             now.threads - before->threads);
    client_late("no descriptor and no thread stays", got);
}

/* ---- a page that no socket takes at once ---- */

enum { PIECE = 900000, PIECES = 6 };

/* A text in which no part is like another. */
UNUSED static void add_large_pages(struct met_registry *r)
{
    char *help = malloc(PIECE + 16), name[16];
    struct met_family *f;

    for (int i = 0; help && i < PIECES; i++) {
        for (size_t at = 0; at < PIECE; at += 8)
            snprintf(help + at, 16, "%d%06zu ", i, at / 8);
        snprintf(name, sizeof name, "large_%d", i);
        EXPECT_CODE(met_registry_gauge(r, name, help, NULL, 0, &f), 0);
    }
    free(help);
}

#endif

/* SPDX-License-Identifier: MIT
 *
 * contract.c - the graded tests of lab 06 that a student sees
 */
#include "client.h"
#include "judge/message.h"

#include <time.h>

#define SUITE contract

/* A request, and the status of its answer. */
struct ask {
    const char *request;
    int status;
};
#define ASKS(...)        \
    (const struct ask[]) \
    {                    \
        __VA_ARGS__,     \
        {                \
            NULL, 0      \
        }                \
    }

/* Each on a connection of its own. */
static void ask_each(int port, const struct ask *a)
{
    for (; a->request; a++)
        ask(port, a->request, a->status);
}

/* ---- requests ---- */

GRADED(a_page, 4, "GET /metrics answers 200 with the page of exposition.h",
       .hint = "The body is what met_expose() writes, and Content-Length is "
               "its length.",
       .help = {
           "connection.c, connection_turn, and answer.c, answer_make; the loop "
           "in server.c.",
           "Bytes come in until request_length finds the empty line. Then "
           "request_read says what is wanted, answer_make makes head and body, "
           "and both are sent. The body is what met_expose_stream or "
           "met_expose gives, and Content-Length counts its bytes.",
           "In connection_turn: recv into `in`; `n = request_length(...)`; if "
           "n > 0, request_read, answer_make, send head and body; keep in "
           "`out` what the socket did not take, and wait for POLLOUT then."})
{
    struct site s = open_site(NULL);
    struct http_client c = dial(s.port);

    send_text(&c, GET);
    struct http_response r = expect_answer(&c, 200, false);
    EXPECT_STR(http_field(&r, "Content-Type"), met_content_type(MET_TEXT));
    EXPECT_STR(r.body, page_of(&s, MET_TEXT));
    http_free(&r);
    http_close(&c);
    close_site(&s);
}

GRADED(
    paths, 2,
    "A query behind the path is ignored. A path is compared byte for byte; "
    "http://name/metrics is as good as /metrics.",
    .hint = "404 for any other path, whatever the method.",
    .help = {
        "request.c, request_read: what do you compare with \"/metrics\"?",
        "Of http://name/metrics take what follows the name. Cut it at the "
        "first '?'. Then compare all bytes: /metrics/ and /METRICS are other "
        "paths. The path is asked before the method: 404 comes before 405.",
        "If the target begins with \"http://\": go on at the next '/' after "
        "that. `size_t n = strcspn(path, \"? \");` and `n == 8 && memcmp(path, "
        "\"/metrics\", 8) == 0`."})
{
    struct site s = open_site(NULL);

    ask_each(s.port, ASKS({"GET" TO("/metrics?name=a") "\r\n", 200},
                          {"GET" TO("/metrics?") "\r\n", 200},
                          {"GET" TO("http://a.b:1/metrics") "\r\n", 200},
                          {"GET" TO("HTTP://a/metrics?x=/y") "\r\n", 200},
                          {"GET" TO("/") "\r\n", 404},
                          {"GET" TO("/metrics/") "\r\n", 404},
                          {"GET" TO("/metric") "\r\n", 404},
                          {"GET" TO("/Metrics") "\r\n", 404},
                          {"GET" TO("/%6detrics") "\r\n", 404},
                          {"GET" TO("//metrics") "\r\n", 404},
                          {"GET" TO("http://a.b/") "\r\n", 404},
                          {"GET" TO("/a?/metrics") "\r\n", 404},
                          {"POST" TO("/other") "\r\n", 404}));
    close_site(&s);
}

static void expect_same_fields(const struct http_response *get,
                               const struct http_response *head)
{
    EXPECT_LONG((long)head->fields, (long)get->fields);
    for (size_t i = 0; i < get->fields; i++) {
        const char *name = get->field[i].name;
        const char *value = http_field(head, name);
        if (strcasecmp(name, "Date") != 0)
            EXPECT(value && strcmp(value, get->field[i].value) == 0,
                   "HEAD has the fields of GET", "%s: %s for GET, %s for HEAD",
                   name, get->field[i].value, value ? value : "none");
    }
}

GRADED(head, 2, "HEAD has the header fields of GET and no body.",
       .hint = "Content-Length, too, is the one of GET. What comes next on the "
               "connection is the next answer.",
       .help = {"answer.c: which bytes does HEAD leave out? And connection.c: "
                "what does it send?",
                "The fields are those that GET would have, Content-Length too: "
                "so the page is made all the same. Only the body is not sent.",
                "Write Content-Length with the length of the page, and then "
                "`a->body_length = r->head ? 0 : length;`."})
{
    struct site s = open_site(NULL);
    struct http_client c = dial(s.port);

    send_text(&c, GET);
    struct http_response get = expect_answer(&c, 200, false);
    send_text(&c, "HEAD" TO("/metrics") "\r\n");
    struct http_response head = expect_answer(&c, 200, true);
    expect_same_fields(&get, &head);
    send_text(&c, "HEAD" TO("/other") "\r\n");
    struct http_response other = expect_answer(&c, 404, true);
    send_text(&c, GET);
    expect_status(&c, 200);
    http_free(&get);
    http_free(&head);
    http_free(&other);
    http_close(&c);
    close_site(&s);
}

static time_t date_of(const struct http_response *r)
{
    struct tm t = {0};
    const char *date = http_field(r, "Date");

    EXPECT(date != NULL, "every answer has Date", "there is none");
    strptime(date, "%a, %d %b %Y %H:%M:%S GMT", &t);
    return timegm(&t);
}

/* Returns its date. */
static time_t expect_fields(int port, const char *request, int status)
{
    struct http_client c = dial(port);

    send_text(&c, request);
    struct http_response r = expect_answer(&c, status, false);
    EXPECT(http_field(&r, "Content-Type"), "every answer has Content-Type",
           "there is none");
    EXPECT(has_word(&r, "Vary", "Accept") &&
               has_word(&r, "Vary", "Accept-Encoding"),
           "every answer has Vary: Accept, Accept-Encoding", "Vary: %s",
           or_none(http_field(&r, "Vary")));
    if (status != 200)
        EXPECT(!r.gzip && r.length > 1 && strcspn(r.body, "\n") == r.length - 1,
               "the bodies of errors are a line of text, never compressed",
               "%.100s", r.gzip ? "gzip" : r.body);
    time_t date = date_of(&r);
    http_free(&r);
    http_close(&c);
    return date;
}

GRADED(fields, 2,
       "Every answer has Content-Type, Content-Length, Date, and Vary: Accept, "
       "Accept-Encoding. The bodies of errors are a line of text, never "
       "compressed.",
       .hint = "Errors are answers, too. Date is the time of the answer.",
       .help = {"answer.c: the head of an answer that is no page.",
                "Errors have the same fields: Content-Type (text/plain), "
                "Content-Length of the line that is their body, Date, Vary. "
                "Date is made for each answer, in GMT.",
                "One function writes all heads. The date: gmtime_r and "
                "strftime with \"%a, %d %b %Y %H:%M:%S GMT\" (in the C "
                "locale), or the names from tables of your own."})
{
    struct site s = open_site(NULL);

    time_t before = expect_fields(s.port, GET, 200);
    expect_fields(s.port, "GET" TO("/other") "Accept-Encoding: gzip\r\n\r\n",
                  404);
    expect_fields(s.port, "PUT" TO("/metrics") "Accept-Encoding: gzip\r\n\r\n",
                  405);
    expect_fields(s.port, GET_WITH("Content-Length: 9\r\n"), 413);
    expect_fields(s.port, "nonsense\r\n\r\n", 400);
    RUN(change_clocks, 86400, 0);
    double passed = difftime(expect_fields(s.port, GET, 200), before);
    EXPECT(passed > 86400 - 3600 && passed < 86400 + 3600,
           "Date is a day later, a day later", "%.0f s later", passed);
    close_site(&s);
}

GRADED(methods, 2, "405     another method; the answer has Allow: GET, HEAD",
       .hint = "Methods are compared byte for byte, too.",
       .help = {
           "request.c, request_read: the comparison of the method; answer.c: "
           "the field Allow.",
           "GET and HEAD, byte for byte: get is another method. The answer 405 "
           "has the field `Allow: GET, HEAD`. The connection may be kept.",
           "Compare length and bytes. `status = 405` only after the path was "
           "right; and `if (status == 405)` one line more in the head."})
{
    static const char *const methods[] = {"POST", "PUT", "DELETE", "OPTIONS",
                                          "get",  "G",   "GETS"};
    struct site s = open_site(NULL);
    struct http_client c = dial(s.port);
    char request[200];

    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++) {
        snprintf(request, sizeof request, "%s" TO("/metrics") "\r\n",
                 methods[i]);
        send_text(&c, request);
        struct http_response r = expect_answer(&c, 405, false);
        EXPECT(has_word(&r, "Allow", "GET") && has_word(&r, "Allow", "HEAD"),
               "405 has Allow: GET, HEAD", "Allow: %s",
               or_none(http_field(&r, "Allow")));
        http_free(&r);
    }
    http_close(&c);
    close_site(&s);
}

GRADED(bodies, 2,
       "413     the request has a body: Content-Length above 0, or "
       "Transfer-Encoding",
       .hint = "The server does not know what to do with the body: it answers, "
               "and closes.",
       .help = {
           "request.c, request_read: what do you do with Content-Length and "
           "Transfer-Encoding?",
           "Any Transfer-Encoding, and a Content-Length above 0, mean that a "
           "body follows. The server does not read it: so it cannot find the "
           "next request, and must close. Content-Length: 0 is no body.",
           "Remember both while you read the fields. After path and method: "
           "`if (coded || length > 0) status = 413`. close is set for every "
           "request with a body, also when the status is 404 or 405."})
{
    static const char *const with_body[] = {
        GET_WITH("Content-Length: 3\r\n") "abc",
        GET_WITH("Transfer-Encoding: chunked\r\n") "0\r\n\r\n",
        GET_WITH("content-length:  00007\r\n")};
    struct site s = open_site(NULL);

    for (size_t i = 0; i < sizeof with_body / sizeof *with_body; i++) {
        struct http_client c = dial(s.port);
        send_text(&c, with_body[i]);
        expect_last(&c, 413);
    }
    ask_each(s.port, ASKS({GET_WITH("Content-Length: 0\r\n"), 200}));
    struct http_client c = dial(s.port);
    send_text(&c, "POST" TO("/metrics") "Content-Length: 1\r\n\r\nx");
    expect_last(&c, 405);
    close_site(&s);
}

GRADED(
    broken_heads, 3,
    "400 is the answer to a request line that is not \"METHOD TARGET "
    "VERSION\" with single spaces; another version; a line that ends with "
    "LF alone, a CR elsewhere, a NUL, or any other control character but a "
    "tab in a value; a field without a colon, or whose name is no token of "
    "RFC 9110 (so it is not empty, and has no space, neither at its "
    "beginning nor before the colon); HTTP/1.1 without Host, or more than "
    "one Host; a Content-Length that is no number, two that differ, or one "
    "beside Transfer-Encoding; a head that the peer ends in its middle.",
    .hint = "Each of these has been used to smuggle a request past a proxy.",
    .help = {
        "request.c, request_read. Take the list of 400 in "
        "labs/include/met/server.h, and tick off each point.",
        "Three levels: lines (each ends with CR LF, no other CR, no NUL), the "
        "request line (three words, one space between two), and each field (a "
        "token, a colon at once, a value without control characters). Then "
        "what is counted: Host once, Content-Length with digits only.",
        "Split at \"\\r\\n\" first and refuse any other '\\r' or '\\n'. A "
        "helper `is_token(p, n)` with strchr over the signs, and n > 0. A "
        "helper that reads digits only and refuses all else. Two "
        "Content-Length fields: compare the numbers."})
{
    struct site s = open_site(NULL);

    ask_each(
        s.port,
        ASKS({"GET /metrics\r\nHost: a\r\n\r\n", 400},
             {"GET  /metrics HTTP/1.1\r\nHost: a\r\n\r\n", 400},
             {"GET /metrics  HTTP/1.1\r\nHost: a\r\n\r\n", 400},
             {"GET /metrics HTTP/1.1 \r\nHost: a\r\n\r\n", 400},
             {" GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n", 400},
             {"GET /metrics HTTP/2.0\r\nHost: a\r\n\r\n", 400},
             {"GET /metrics HTTP/1.10\r\nHost: a\r\n\r\n", 400},
             {"GET /metrics http/1.1\r\nHost: a\r\n\r\n", 400},
             {"GET /metrics HTTP/1.1\nHost: a\r\n\r\n", 400},
             {"GET /metrics HTTP/1.1\r\nHost: a\r\n\n", 400},
             {GET_WITH("A: b\rc\r\n"), 400}, {GET_WITH("A: b\x01\r\n"), 400},
             {GET_WITH("A: b\x7f\r\n"), 400}, {GET_WITH("no colon\r\n"), 400},
             {GET_WITH(": x\r\n"), 400}, {GET_WITH("A : x\r\n"), 400},
             {GET_WITH("A(b): x\r\n"), 400}, {GET_WITH(" A: x\r\n"), 400},
             {GET_WITH("A: b\r\n\tc\r\n"), 400},
             {"GET /metrics HTTP/1.1\r\n\r\n", 400},
             {GET_WITH("host: b\r\n"), 400},
             {GET_WITH("Content-Length: a\r\n"), 400},
             {GET_WITH("Content-Length: -1\r\n"), 400},
             {GET_WITH("Content-Length: \r\n"), 400},
             {GET_WITH("Content-Length: 1\r\nContent-Length: 2\r\n"), 400},
             {GET_WITH("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n"),
              400},
             {"nonsense\r\n\r\n", 400}));
    static const char nul[] = GET_WITH("A: b\0c\r\n");
    expect_once(s.port, nul, sizeof nul - 1, 400);
    static const char before[] = GET_WITH("\0A: b\r\n");
    expect_once(s.port, before, sizeof before - 1, 400);
    ask_each(
        s.port,
        ASKS({GET_WITH("A: b\tc\r\nB:\r\nC:x  \r\n"), 200},
             {"GET /metrics HTTP/1.0\r\n\r\n", 200}, {"\r\n\r\n" GET, 200},
             {GET_WITH("Content-Length: 0\r\nContent-Length: 0\r\n"), 200}));
    close_site(&s);
}

/* A good head of n bytes. */
static char *head_of(size_t n)
{
    static const char begin[] = "GET" TO("/metrics") "A: ";
    char *head = malloc(n + 1);

    memset(head, 'x', n);
    memcpy(head, begin, sizeof begin - 1);
    memcpy(head + n - 4, "\r\n\r\n", 5);
    return head;
}

static void expect_of_length(int port, size_t n, int status)
{
    char *head = head_of(n);
    struct http_client c = dial(port);

    send_bytes(&c, head, n);
    if (status == 200)
        expect_status(&c, status);
    else
        expect_last(&c, status);
    http_close(&c);
    free(head);
}

GRADED(long_heads, 2,
       "431     the head (the request line, the fields, the empty line) is "
       "longer than head_bytes",
       .hint = "Exactly head_bytes is not too long. One that never ends is "
               "answered, too.",
       .help = {
           "connection.c: when do you give up waiting for the empty line?",
           "A head of exactly head_bytes is allowed, its empty line included. "
           "One that is longer gets 431, also when its end has not come yet, "
           "and then the connection ends.",
           "After recv: `n = request_length(...)`; `if (n > head_bytes || (n "
           "== 0 && in_length >= head_bytes))` answer 431. What follows on "
           "a pipelined connection does not count: only this head."})
{
    struct site s = open_site(NULL);
    struct met_server *small =
        start(s.registry, &(struct met_server_options){.head_bytes = 200});
    int port = met_server_port(small);

    expect_of_length(s.port, MET_SERVER_HEAD_BYTES, 200);
    expect_of_length(s.port, MET_SERVER_HEAD_BYTES + 1, 431);
    expect_of_length(s.port, 300000, 431);
    expect_of_length(port, 200, 200);
    expect_of_length(port, 201, 431);
    struct http_client c = dial(port);
    send_text(&c, "GET /");
    for (int i = 0; i < 100; i++)
        send_quietly(&c, "xxxxxxxxxxxxxxxx", 16);
    expect_last(&c, 431);
    met_server_stop(small);
    close_site(&s);
}

/* ---- what a client would like ---- */

struct like {
    const char *fields;
    enum met_format format;
    bool gzip;
};

static void expect_like(struct http_client *c, const struct site *s,
                        const struct like *l)
{
    char request[1000];

    snprintf(request, sizeof request, "GET" TO("/metrics") "%s\r\n", l->fields);
    send_text(c, request);
    struct http_response r = expect_answer(c, 200, false);
    EXPECT_STR(http_field(&r, "Content-Type"), met_content_type(l->format));
    EXPECT(r.gzip == l->gzip,
           l->gzip ? "Content-Encoding: gzip" : "no Content-Encoding", "%s",
           r.gzip ? "Content-Encoding: gzip" : "none");
    EXPECT_STR(r.text, page_of(s, l->format));
    http_free(&r);
}

static void expect_likes(const struct like *l, size_t n)
{
    struct site s = open_site(NULL);
    struct http_client c = dial(s.port);

    for (size_t i = 0; i < n; i++)
        expect_like(&c, &s, &l[i]);
    http_close(&c);
    close_site(&s);
}

#define OPEN "application/openmetrics-text"

GRADED(formats, 3,
       "The one with the highest q above 0 wins, and the first of equals.",
       .hint = "An entry without q has q=1. A version that is not ours is left "
               "out, and so is q=0.",
       .help = {
           "negotiate.c, wish_add.",
           "Go through the list, entry by entry: a media type, and its "
           "parameters after semicolons. Look for q and version. Leave out "
           "what is not ours, has q=0, or has a q that is no number from 0 to "
           "1. The highest q wins, the first of equals.",
           "`if (q > w->q) { w->q = q; w->format = f; }`: the strict > makes "
           "the first of equals win, and q=0 never win. q in thousandths: no "
           "doubles. The result stays in *w over several Accept fields."})
{
    static const struct like likes[] = {
        {"", MET_TEXT, false},
        {"Accept: " OPEN "\r\n", MET_OPENMETRICS, false},
        {"Accept: " OPEN "; version=1.0.0; charset=utf-8\r\n", MET_OPENMETRICS,
         false},
        {"Accept: " OPEN ";version=0.0.1\r\n", MET_OPENMETRICS, false},
        {"Accept: " OPEN ";version=2.0.0\r\n", MET_TEXT, false},
        {"Accept: " OPEN ";version=1.0.0;q=0.5,text/plain;version=0.0.4\r\n",
         MET_TEXT, false},
        {"Accept: text/plain;version=0.0.4;q=0.3, " OPEN ";q=0.4\r\n",
         MET_OPENMETRICS, false},
        {"Accept: " OPEN ";version=1.0.0," OPEN
         ";version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1\r\n",
         MET_OPENMETRICS, false},
        {"Accept: text/plain, " OPEN "\r\n", MET_TEXT, false},
        {"Accept: " OPEN ", text/plain\r\n", MET_OPENMETRICS, false},
        {"Accept: */*, " OPEN "\r\n", MET_TEXT, false},
        {"Accept: text/*;q=0.2, " OPEN ";q=0.1\r\n", MET_TEXT, false},
        {"Accept: " OPEN ";q=0\r\n", MET_TEXT, false},
        {"Accept: " OPEN ";q=2, text/plain;q=0.1\r\n", MET_TEXT, false},
        {"Accept: text/plain;version=9, " OPEN ";q=0.1\r\n", MET_OPENMETRICS,
         false},
        {"Accept: image/png, text/html\r\n", MET_TEXT, false},
        {"Accept: image/png, " OPEN ";q=0.001\r\n", MET_OPENMETRICS, false},
        {"aCCEPT: Application/OpenMetrics-Text; Version=1.0.0; Q=1\r\n",
         MET_OPENMETRICS, false},
        {"Accept: text/plain;q=0.5\r\nAccept: " OPEN "\r\n", MET_OPENMETRICS,
         false},
        {"Accept: " OPEN "\r\nAccept: text/plain;q=0.5\r\n", MET_OPENMETRICS,
         false},
        {"Accept:\r\n", MET_TEXT, false},
    };

    expect_likes(likes, sizeof likes / sizeof *likes);
}

GRADED(compression, 3,
       "the body is compressed with gzip, and the answer has Content-Encoding: "
       "gzip, where Accept-Encoding has gzip with q above 0, or * with q above "
       "0 and no gzip. Otherwise it is sent as it is.",
       .hint = "gzip;q=0 forbids it, whatever * says.",
       .help = {
           "negotiate.c, codings_add and codings_take_gzip; answer.c.",
           "Two numbers: the q of gzip and the q of *. If gzip is named, its q "
           "alone decides, also when it is 0. If it is not named, * decides. "
           "If neither is named, no compression.",
           "If the q of gzip is not Q_NOT_NAMED: whether it is above 0. Else: "
           "whether that of * is (Q_NOT_NAMED is below 0). In answer.c: "
           "libdeflate_gzip_compress, `Content-Encoding: gzip`, and "
           "Content-Length of what is sent. Errors are never compressed."})
{
    static const struct like likes[] = {
        {"Accept-Encoding: gzip\r\n", MET_TEXT, true},
        {"Accept-Encoding: gzip\r\nAccept: " OPEN "\r\n", MET_OPENMETRICS,
         true},
        {"Accept-Encoding: deflate, GZIP;q=0.5\r\n", MET_TEXT, true},
        {"Accept-Encoding: gzip;q=0\r\n", MET_TEXT, false},
        {"Accept-Encoding: gzip;q=0.000\r\n", MET_TEXT, false},
        {"Accept-Encoding: gzip;q=0.001\r\n", MET_TEXT, true},
        {"Accept-Encoding: *\r\n", MET_TEXT, true},
        {"Accept-Encoding: *;q=0\r\n", MET_TEXT, false},
        {"Accept-Encoding: gzip;q=0, *\r\n", MET_TEXT, false},
        {"Accept-Encoding: *, gzip;q=0\r\n", MET_TEXT, false},
        {"Accept-Encoding: *;q=0, gzip\r\n", MET_TEXT, true},
        {"Accept-Encoding: br, identity\r\n", MET_TEXT, false},
        {"Accept-Encoding: gzipped\r\n", MET_TEXT, false},
        {"Accept-Encoding: br\r\nAccept-Encoding: gzip\r\n", MET_TEXT, true},
        {"Accept-Encoding: gzip\r\nAccept-Encoding: br\r\n", MET_TEXT, true},
        {"Accept-Encoding:\r\n", MET_TEXT, false},
    };

    expect_likes(likes, sizeof likes / sizeof *likes);
}

/* ---- connections ---- */

static void expect_closed(int port, const char *request, int status)
{
    struct http_client c = dial(port);

    send_text(&c, request);
    expect_last(&c, status);
}

static void expect_kept(int port, const char *request, int status, bool told)
{
    struct http_client c = dial(port);

    for (int i = 0; i < 3; i++) {
        send_text(&c, request);
        struct http_response r = expect_answer(&c, status, false);
        EXPECT(!has_word(&r, "Connection", "close"),
               "a connection that is kept", "Connection: close");
        EXPECT(!told || has_word(&r, "Connection", "keep-alive"),
               "the answer has Connection: keep-alive, too", "Connection: %s",
               or_none(http_field(&r, "Connection")));
        http_free(&r);
    }
    http_close(&c);
}

GRADED(
    kept_or_closed, 3,
    "A connection of HTTP/1.1 is kept for the next request, unless the "
    "request has Connection: close; one of HTTP/1.0 is closed, unless it "
    "has Connection: keep-alive, and then the answer has it, too.",
    .hint = "Connection is a list of words, the same in capitals.",
    .help = {
        "request.c: what decides `close` and `keep_alive`? And answer.c: the "
        "field Connection.",
        "HTTP/1.1 is kept unless the list has close. HTTP/1.0 is closed unless "
        "it has keep-alive. If both stand there, close wins. Connection may "
        "come several times, and is a list of words, in capitals or not.",
        "`list_has(value, n, \"close\")` for each Connection field. The "
        "answer: `Connection: close` where close is set, `Connection: "
        "keep-alive` for a kept HTTP/1.0, nothing else."})
{
    struct site s = open_site(NULL);

    expect_kept(s.port, GET, 200, false);
    expect_kept(s.port, OTHER, 404, false);
    expect_kept(s.port, "PUT" TO("/metrics") "\r\n", 405, false);
    expect_closed(s.port, GET_WITH("Connection: close\r\n"), 200);
    expect_closed(s.port, GET_WITH("Connection: x, CLOSE\r\n"), 200);
    expect_closed(s.port, "GET" TO("/other") "Connection: close\r\n\r\n", 404);
    expect_closed(s.port, "GET /metrics HTTP/1.0\r\n\r\n", 200);
    expect_kept(s.port,
                "GET /metrics HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", 200,
                true);
    expect_closed(s.port, "nonsense\r\n\r\n", 400);
    close_site(&s);
}

/* Four requests, and behind them an empty line, which is skipped. */
#define FOUR                               \
    GET OTHER "HEAD" TO("/metrics") "\r\n" \
                                    "POST" TO("/metrics") "\r\n\r\n"

static void expect_four(struct http_client *c)
{
    expect_status(c, 200);
    expect_status(c, 404);
    struct http_response r = expect_answer(c, 200, true);
    http_free(&r);
    expect_status(c, 405);
}

GRADED(pipelining, 3,
       "A client may send several requests without waiting (pipelining): the "
       "answers come in the same order. A peer that has ended its side gets "
       "the answers to all that it had asked.",
       .hint = "What was read behind a head is the beginning of the next one.",
       .help = {
           "connection.c: what happens to the bytes behind the first head? And "
           "when recv returns 0?",
           "They are the beginning of the next request: move them to the "
           "front, and look at them without waiting for more. A peer that "
           "ended its side still reads: answer all whole requests, then close.",
           "memmove of what is left, `in_length -= n; in_seen = 0; in_new = "
           "true;`. connection_events returns 0 while in_new is set. recv 0: "
           "`in_ended = true;`, and close only when no whole head is left (a "
           "part of one is 400)."})
{
    enum { BURSTS = 100 };
    struct site s = open_site(NULL);
    struct http_client c = dial(s.port);

    send_text(&c, FOUR);
    expect_four(&c);
    for (int i = 0; i < BURSTS; i++)
        send_text(&c, FOUR);
    shutdown(c.fd, SHUT_WR);
    for (int i = 0; i < BURSTS; i++)
        expect_four(&c);
    expect_end(&c);
    http_close(&c);
    c = dial(s.port);
    send_text(&c, "GET /metrics HTTP/1.1\r\nHost");
    shutdown(c.fd, SHUT_WR);
    expect_last(&c, 400); /* a head that the peer ends in its middle */
    close_site(&s);
}

GRADED(in_pieces, 3, "GET /metrics answers 200 with the page of exposition.h",
       .hint = "One read() may return a part of a head, or of two.",
       .help = {"connection.c, and request.c, request_length: do they expect "
                "that one recv brings one head?",
                "A recv may bring one byte, half a head, or two heads. So "
                "collect in `in`, and ask after each recv whether the empty "
                "line is there. It may come in two pieces itself.",
                "`in_length += got;` then request_length over all of `in`. If "
                "you begin the search at *seen, go back three bytes: "
                "\"\\r\\n\\r\\n\" may have begun before."})
{
    static const char request[] =
        GET_WITH("Accept: text/plain\r\n") GET_WITH("A: b\r\n");
    struct site s =
        open_site(&(struct met_server_options){.request_ms = LONG_MS});
    struct http_client c = dial(s.port);

    for (size_t i = 0; i + 1 < sizeof request; i++) {
        send_bytes(&c, request + i, 1);
        arrive(&c);
        if (i % 8 == 0)
            scrape(s.port); /* by then the server has read that byte */
    }
    expect_status(&c, 200);
    expect_status(&c, 200);
    http_close(&c);
    close_site(&s);
}

/* ---- limits ---- */

/* Sends a byte now and then until something comes. Returns whether no two were
 * further apart than a limit: then it was not the time without a byte that has
 * ended. */
static bool drip(struct http_client *c, int64_t limit_ms, int64_t deadline)
{
    int64_t last = clock_ms(), longest = 0;

    while (!http_pending(c)) {
        send_quietly(c, "x", 1);
        int64_t now = clock_ms();
        longest = now - last > longest ? now - last : longest;
        last = now;
        if (now > deadline)
            client_late("an answer", "there is none, for a head without end");
        usleep(5000);
    }
    return longest < limit_ms;
}

/* On a machine that is very busy we cannot send often enough to know. */
static void expect_408_for_drips(int port, int64_t limit_ms)
{
    int64_t deadline = client_deadline();

    for (bool sure = false; !sure;) {
        struct http_client c = dial(port);
        send_text(&c, "GET /metrics HTTP/1.1\r\nHost: ");
        sure = drip(&c, limit_ms, deadline);
        expect_last(&c, 408);
        if (!sure && clock_ms() > deadline)
            message_send("inconclusive", "a client that sends without a pause",
                         "the machine is too busy");
    }
}

/* A connection that has been served once; before that, it may have been closed
 * because we were slow. */
static struct http_client dial_and_scrape(int port)
{
    int64_t deadline = client_deadline();

    while (clock_ms() < deadline) {
        struct http_client c = dial(port);
        struct http_response r;
        send_text(&c, GET);
        if (http_read(&c, false, deadline, &r) == HTTP_OK) {
            http_free(&r);
            return c;
        }
        client_lost();
        http_close(&c);
    }
    client_late("an answer", "the connection is always closed without one");
}

GRADED(time_limits, 3,
       "408     the head is not whole request_ms after its first byte",
       .hint = "The time runs from the first byte: another byte does not start "
               "it again. idle_ms: without a byte of a next request the "
               "connection is closed, with no answer.",
       .help = {
           "connection.c: every line that sets deadline_ms, and server.c: how "
           "long does poll wait?",
           "Three deadlines: idle_ms while no byte of a request has come (then "
           "it is closed without an answer), request_ms from the first byte of "
           "a head (408), write_ms while an answer is not taken. A further "
           "byte of the head does not start the second one again.",
           "Set the request's deadline only when `!in_started`, and then set "
           "in_started. After an answer: in_started = there are bytes left. "
           "poll waits until the earliest deadline of all connections."})
{
    enum { DRIP_MS = 400 };
    struct site s = open_site(&(struct met_server_options){
        .request_ms = DRIP_MS, .idle_ms = LONG_MS, .head_bytes = 1 << 20});
    struct met_server *idle =
        start(s.registry, &(struct met_server_options){.request_ms = LONG_MS,
                                                       .idle_ms = 60});
    struct http_client c = dial(s.port);

    send_text(&c, "GET /metrics HTTP/1.1\r\nHo");
    expect_last(&c, 408);
    expect_408_for_drips(s.port, DRIP_MS);
    c = dial(met_server_port(idle));
    expect_end(&c);
    http_close(&c);
    c = dial_and_scrape(met_server_port(idle));
    expect_end(&c);
    http_close(&c);
    met_server_stop(idle);
    close_site(&s);
}

static void expect_place_again(int port)
{
    int64_t deadline = client_deadline();
    struct http_response r;
    int status = 0;

    while (status != 200) {
        if (clock_ms() > deadline)
            client_late("200 when one connection is gone", "always 503");
        struct http_client c = dial(port);
        send_text(&c, GET);
        if (http_read(&c, false, deadline, &r) == HTTP_OK) {
            status = r.status;
            http_free(&r);
        }
        http_close(&c);
    }
}

/* The first page of a server, where only a few allocations succeed. Returns
 * whether there was one. */
static bool scrape_without_memory(struct met_registry *r, int allowed)
{
    struct met_server *s = start(r, NULL);
    struct http_client c = dial(met_server_port(s));

    send_text(&c, OTHER);
    expect_status(&c, 404);
    RUN(allow_allocations, allowed);
    send_text(&c, GET);
    struct http_response answer = read_answer(&c, false);
    EXPECT(answer.status == 503 || answer.status == 200, "503 without memory",
           "%d", answer.status);
    RUN(allow_allocations, -1);
    bool served = answer.status == 200;
    http_free(&answer);
    http_close(&c);
    met_server_stop(s);
    return served;
}

GRADED(no_room, 3,
       "503     there are as many connections as there may be: the answer "
       "comes at once, whatever is asked",
       .hint = "At once: before the client has sent anything. A connection "
               "that ends makes room.",
       .help = {
           "server.c: what do you do with a new connection when all places are "
           "taken? connection.c, connection_refuse.",
           "It is accepted and told 503 at once, without waiting for its "
           "request; then it is closed. Closing with unread bytes throws the "
           "answer away, so it ends its side and reads on for a while.",
           "connection_refuse makes the answer 503 and goes to WRITING, then "
           "LINGERING: shutdown(fd, SHUT_WR), and drop what comes until the "
           "peer ends or a short deadline. Refused ones need places of their "
           "own. An ended connection makes room."})
{
    enum { MOST = 3 };
    struct site s = open_site(
        &(struct met_server_options){.connections = MOST, .idle_ms = LONG_MS});
    struct http_client c[MOST], more;

    for (int allowed = 0; !scrape_without_memory(s.registry, allowed);)
        allowed++;
    for (int i = 0; i < MOST; i++)
        c[i] = dial_and_scrape(s.port);
    more = dial(s.port);
    expect_last(&more, 503);
    for (int i = 0; i < MOST; i++) {
        send_text(&c[i], GET);
        expect_status(&c[i], 200);
    }
    http_close(&c[1]);
    expect_place_again(s.port);
    http_close(&c[0]);
    http_close(&c[2]);
    close_site(&s);
}

/* ---- start and stop ---- */

static void expect_no_start(struct met_registry *r, const char *address,
                            uint16_t port, const struct met_server_options *o,
                            int err)
{
    struct met_server *s = NULL;

    EXPECT_CODE(met_server_start(r, address, port, o, &s), err);
    EXPECT(s == NULL, "a failed call changes nothing", "*out is another");
}

static void expect_refused(int host, int port)
{
    int fd = connect_to_host(host, port);

    EXPECT(fd == -ECONNREFUSED, "a connection is refused", "%s",
           fd < 0 ? strerror(-fd) : "it is accepted");
}

static void expect_at(struct met_registry *r, const char *address, int host,
                      int other)
{
    struct met_server *s = NULL;

    EXPECT_CODE(met_server_start(r, address, 0, NULL, &s), 0);
    struct http_client c = dial_host(host, met_server_port(s));
    send_text(&c, GET);
    expect_status(&c, 200);
    http_close(&c);
    if (other)
        expect_refused(other, met_server_port(s));
    met_server_stop(s);
}

GRADED(addresses, 3,
       "address is an IPv4 or IPv6 address in numbers, or NULL for 127.0.0.1; "
       "\"0.0.0.0\" and \"::\" are all addresses of the machine.",
       .hint = "127.0.0.2 is an address of the same machine, and not of this "
               "server.",
       .help = {"listen.c, listen_on: inet_pton for both families, and the "
                "address that you bind.",
                "NULL is 127.0.0.1, not all addresses. A text with a colon is "
                "IPv6. What is no address in numbers, or not of this machine, "
                "is MET_EADDRESS.",
                "`inet_pton(AF_INET, ...) == 1`, else AF_INET6, else "
                "MET_EADDRESS. bind with EADDRNOTAVAIL is MET_EADDRESS, with "
                "EADDRINUSE MET_EADDRINUSE, all else MET_ESYSTEM."})
{
    struct site s = open_site(NULL);
    static const struct met_server_options large[] = {
        {.connections = MET_SERVER_MOST_CONNECTIONS + 1},
        {.head_bytes = MET_SERVER_MOST_HEAD_BYTES + 1},
        {.request_ms = MET_SERVER_MOST_MS + 1},
        {.idle_ms = MET_SERVER_MOST_MS + 1},
        {.write_ms = MET_SERVER_MOST_MS + 1}};
    static const char *const wrong[] = {"localhost",  "",          "1.2.3",
                                        "127.0.0.1 ", "1.2.3.4.5", "300.0.0.1",
                                        "192.0.2.1"};

    expect_refused(2, s.port);
    expect_at(s.registry, "127.0.0.3", 3, 1);
    expect_at(s.registry, "0.0.0.0", 2, 0);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        expect_no_start(s.registry, wrong[i], 0, NULL, MET_EADDRESS);
    for (size_t i = 0; i < sizeof large / sizeof *large; i++)
        expect_no_start(s.registry, NULL, 0, &large[i], MET_EINVAL);
    close_site(&s);
}

GRADED(ports, 3,
       "A port is ours alone while we serve (no SO_REUSEPORT), and can be had "
       "again at once after a stop (SO_REUSEADDR).",
       .hint = "A connection that the server has closed keeps its port busy "
               "for a minute.",
       .help = {
           "listen.c: the options that you set before bind.",
           "SO_REUSEADDR: a port whose old connections are in TIME_WAIT can be "
           "had again. SO_REUSEPORT would let a second server take it while we "
           "serve. Port 0 gets a free one: getsockname tells which.",
           "setsockopt(2) with SOL_SOCKET and SO_REUSEADDR, value 1, before "
           "bind, and no other. EADDRINUSE may come from bind or from listen: "
           "ask at both."})
{
    struct site s = open_site(NULL);
    struct met_server *other = start(s.registry, NULL);

    expect_no_start(s.registry, NULL, (uint16_t)s.port, NULL, MET_EADDRINUSE);
    expect_no_start(s.registry, "0.0.0.0", (uint16_t)s.port, NULL,
                    MET_EADDRINUSE);
    scrape(met_server_port(other));
    struct http_client c = dial(s.port);
    send_text(&c, GET_WITH("Connection: close\r\n"));
    expect_last(&c, 200);
    met_server_stop(s.server);
    EXPECT_CODE(
        met_server_start(s.registry, NULL, (uint16_t)s.port, NULL, &s.server),
        0);
    EXPECT_LONG(met_server_port(s.server), s.port);
    scrape(s.port);
    met_server_stop(other);
    close_site(&s);
}

GRADED(stop, 4,
       "Stops the server and releases all that it has: when it returns, its "
       "port is free, its threads have ended, and its connections are closed.",
       .hint = "A connection on which nothing was asked is closed at once.",
       .help = {
           "server.c, met_server_stop, and the end of the loop of its thread.",
           "The thread sleeps in poll: wake it, for example by a pipe or an "
           "eventfd that it polls, too. It closes the listening socket, lets "
           "what is in flight finish, closes what is idle, and ends. stop "
           "waits for it and frees the rest. NULL does nothing.",
           "`write(wake, ...)`; the thread sets service.stopping, closes idle "
           "connections at once and the others after their answer. Then "
           "pthread_join, close all descriptors (the pipe's two ends, too), "
           "maker_free, free."})
{
    enum { CLIENTS = 6 };
    struct site s = open_site(NULL);
    struct http_client c[CLIENTS];

    scrape(s.port);
    met_server_stop(s.server);
    met_server_stop(NULL);
    struct held before = count_held();
    s.server = start(s.registry, NULL);
    s.port = met_server_port(s.server);
    for (int i = 0; i < CLIENTS; i++) {
        c[i] = dial(s.port);
        if (i % 2)
            continue;
        send_text(&c[i], GET);
        expect_status(&c[i], 200);
    }
    met_server_stop(s.server);
    expect_refused(1, s.port);
    expect_released(&before);
    for (int i = 0; i < CLIENTS; i++) {
        expect_end(&c[i]);
        http_close(&c[i]);
    }
    met_registry_destroy(s.registry);
}

/* SPDX-License-Identifier: MIT
 *
 * http.h - a strict client of HTTP/1.1, for tests of a server
 *
 *     struct http_client c;
 *     struct http_response r;
 *
 *     http_open(&c, fd);
 *     http_send(&c, request, strlen(request), deadline);
 *     if (http_read(&c, false, deadline, &r) != HTTP_OK)
 *         puts(c.problem);
 *
 * A browser or Prometheus forgives a server much. This client does not: a
 * response that breaks a rule of RFC 9110 or RFC 9112 is refused, and the
 * problem names the rule. Checked are the status line, the form of every
 * field, Content-Length (there must be one; no Transfer-Encoding), Date, gzip.
 * What comes behind a response is kept for the next one.
 *
 * The socket does not block; every wait ends at a deadline, on clock_ms() of
 * wire/frame.h. Threads: a client belongs to one thread.
 */
#ifndef JUDGE_HTTP_H
#define JUDGE_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HTTP_FIELDS = 32, HTTP_PROBLEM = 200 };

/* How a read or a send ended. */
enum http_result {
    HTTP_OK,
    HTTP_LATE,  /* the deadline has passed */
    HTTP_ENDED, /* the server has closed, with nothing of a response sent */
    HTTP_CUT,   /* it has closed in the middle of one */
    HTTP_WRONG, /* a rule is broken: see problem */
};

struct http_client {
    int fd;
    char *bytes; /* that came and are not used yet */
    size_t used, room;
    bool ended; /* nothing more comes */
    char problem[HTTP_PROBLEM];
};

struct http_field {
    char *name, *value;
};

struct http_response {
    int minor; /* of the version: HTTP/1.minor */
    int status;
    struct http_field field[HTTP_FIELDS];
    size_t fields;
    size_t length; /* Content-Length */
    char *body;    /* as it was sent, with a '\0' behind; NULL for none */
    bool gzip;
    char *text; /* the body, after gunzip: the same as body without gzip */
    size_t text_size;
    char *head; /* the fields point into it */
};

/* Takes a socket of its own, which does not block. */
void http_open(struct http_client *c, int fd);
/* Closes it, at once: what lies unsent or unread is dropped. */
void http_close(struct http_client *c);

/* HTTP_CUT: the server takes nothing more. What it has answered can be read
 * all the same. */
enum http_result http_send(struct http_client *c, const void *bytes, size_t n,
                           int64_t deadline_ms);

/* Waits until the server has taken (the kernel of it) all that was sent. */
enum http_result http_arrive(struct http_client *c, int64_t deadline_ms);

/* Reads one response. no_body: it answers a HEAD. The response is to be freed
 * after HTTP_OK only. */
enum http_result http_read(struct http_client *c, bool no_body,
                           int64_t deadline_ms, struct http_response *r);
void http_free(struct http_response *r);

/* The value of the field of this name, or NULL; two of one name are one list.
 * The value lives as long as the response. */
const char *http_field(const struct http_response *r, const char *name);

/* Waits until the server closes. HTTP_WRONG: something else came. */
enum http_result http_read_end(struct http_client *c, int64_t deadline_ms);

/* Whether bytes or an end wait to be read, without waiting. */
bool http_pending(const struct http_client *c);

#endif

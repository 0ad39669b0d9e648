/* SPDX-License-Identifier: MIT
 *
 * answer.c - answers: status line, fields, and the page or a line of text
 *
/// SOLUTION
 * The page is made in a buffer that is kept from answer to answer: so a scrape
 * costs no memory but the first. The length is known before the first byte is
 * sent, and a client that stops in the middle disturbs nobody.
/// STARTER
///  * The handout, README.md, leads through the steps.
/// END
 */
#include "http.h"

#include "met/error.h"

/// SOLUTION
#include <libdeflate.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Of 1 to 12: the fastest. The others take several times as long, for a page
 * that is a few per cent smaller. */
enum { GZIP_LEVEL = 1 };

/* ---- the page ---- */

static int grow(struct buffer *b, size_t size)
{
    if (size <= b->size)
        return 0;
    size += size / 4; /* it will grow again */
    char *more = realloc(b->bytes, size);
    if (!more)
        return MET_ENOMEM;
    *b = (struct buffer){more, size};
    return 0;
}

static int make_page(struct maker *m, enum met_format format, size_t *length)
{
    int err;

    while ((err = met_expose(m->registry, format, m->page.bytes, m->page.size,
                             length)) == MET_ENOSPC)
        if (grow(&m->page, *length) < 0)
            return MET_ENOMEM;
    return err;
}

static int pack(struct maker *m, size_t *length)
{
    if (!m->compressor)
        m->compressor = libdeflate_alloc_compressor(GZIP_LEVEL);
    if (!m->compressor)
        return MET_ENOMEM;
    size_t most = libdeflate_gzip_compress_bound(m->compressor, *length);
    if (grow(&m->packed, most) < 0)
        return MET_ENOMEM;
    *length = libdeflate_gzip_compress(m->compressor, m->page.bytes, *length,
                                       m->packed.bytes, m->packed.size);
    return 0;
}

static int make_body(struct answer *a, struct maker *m, const struct request *r)
{
    size_t length;
    int err = make_page(m, r->format, &length);

    if (err == 0 && r->gzip)
        err = pack(m, &length);
    a->body = r->gzip ? m->packed.bytes : m->page.bytes;
    a->body_length = length;
    return err;
}

/* ---- the head ---- */

static const struct {
    int status;
    const char *reason, *text;
} errors[] = {
    {400, "Bad Request", "This is no request of HTTP/1.1 or HTTP/1.0.\n"},
    {404, "Not Found", "There is nothing here. The metrics are at /metrics.\n"},
    {405, "Method Not Allowed", "The metrics can be read: GET or HEAD.\n"},
    {408, "Request Timeout", "The request took too long to come.\n"},
    {413, "Content Too Large", "A request with a body is not taken.\n"},
    {431, "Request Header Fields Too Large", "The request is too long.\n"},
    {503, "Service Unavailable", "There is no room now. Try again later.\n"},
};

enum { ERRORS = sizeof errors / sizeof *errors };

static int find_error(int status)
{
    int i = 0;

    while (i < ERRORS - 1 && errors[i].status != status)
        i++;
    return i;
}

/* "Sun, 06 Nov 1994 08:49:37 GMT", in English whatever the locale is. */
static void write_date(char *out, size_t size)
{
    static const char days[] = "SunMonTueWedThuFriSat";
    static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    time_t now = time(NULL);
    struct tm t;

    gmtime_r(&now, &t);
    snprintf(out, size, "%.3s, %02d %.3s %d %02d:%02d:%02d GMT",
             days + 3 * t.tm_wday, t.tm_mday, months + 3 * t.tm_mon,
             t.tm_year + 1900, t.tm_hour, t.tm_min, t.tm_sec);
}

static void write_head(struct answer *a, const struct request *r,
                       const char *reason, const char *type)
{
    char date[64];

    write_date(date, sizeof date);
    int n = snprintf(a->head, sizeof a->head,
                     "HTTP/1.1 %d %s\r\n"
                     "Date: %s\r\n"
                     "Content-Type: %s\r\n"
                     "Content-Length: %zu\r\n"
                     "Vary: Accept, Accept-Encoding\r\n"
                     "%s%s%s\r\n",
                     r->status, reason, date, type, a->body_length,
                     r->gzip && r->status == 200 ? "Content-Encoding: gzip\r\n"
                                                 : "",
                     r->status == 405 ? "Allow: GET, HEAD\r\n" : "",
                     r->close        ? "Connection: close\r\n"
                     : r->keep_alive ? "Connection: keep-alive\r\n"
                                     : "");
    a->head_length = (size_t)n;
}

static void make_error(struct answer *a, const struct request *r)
{
    int i = find_error(r->status);

    a->body = errors[i].text;
    a->body_length = strlen(a->body);
    write_head(a, r, errors[i].reason, "text/plain; charset=utf-8");
}

/// END
void maker_free(struct maker *m)
{
    /// SOLUTION
    free(m->page.bytes);
    free(m->packed.bytes);
    libdeflate_free_compressor(m->compressor);
    /// STARTER
    /// (void)m;
    /// END
}

void answer_make(struct answer *a, struct maker *m, struct request *r)
{
    /// SOLUTION
    if (r->status == 200 && make_body(a, m, r) < 0) {
        r->status = 503;
        r->close = true;
    }
    if (r->status == 200)
        write_head(a, r, "OK", met_content_type(r->format));
    else
        make_error(a, r);
    if (r->head)
        a->body_length = 0;
    /// STARTER
    /// (void)m;
    /// (void)r;
    /// a->head_length = 0; /* Step 2 */
    /// a->body_length = 0;
    /// END
}

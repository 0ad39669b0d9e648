/* SPDX-License-Identifier: MIT
 *
 * request.c - the head of a request: the request line and the fields
 *
/// SOLUTION
 * A head is looked at when it is whole, in one pass over its lines. Whatever
 * is wrong makes it 400; what the other answers depend on is kept until the
 * end, since a later line may still be wrong.
/// STARTER
///  * The handout, README.md, leads through the steps.
/// END
 */
#include "http.h"

/// SOLUTION
#include <stdint.h>
#include <string.h>
#include <strings.h>

/* What is still to be read, and what was learned so far. */
struct reader {
    const char *at, *end;
    bool bad; /* the answer is 400 */

    bool is_get, is_head, is_metrics, is_1_0;
    int hosts;
    bool has_length, chunked; /* Content-Length; Transfer-Encoding */
    uint64_t length;
    bool asks_close, asks_keep;
    struct wish wish;
    struct codings codings;
};

/// END
size_t request_length(const char *bytes, size_t n, size_t *seen)
{
    /// SOLUTION
    /* Two bytes back: the last line feed may have been seen already. */
    for (size_t i = *seen > 2 ? *seen - 2 : 0; i < n; i++) {
        const char *feed = memchr(bytes + i, '\n', n - i);
        if (!feed)
            break;
        i = (size_t)(feed - bytes);
        size_t next = i + 1; /* an empty line? */
        if (next < n && bytes[next] == '\r')
            next++;
        if (next < n && bytes[next] == '\n')
            return next + 1;
    }
    *seen = n;
    return 0;
    /// STARTER
    /// (void)bytes;
    /// (void)n;
    /// (void)seen;
    /// return 0; /* Step 2 */
    /// END
}

/// SOLUTION
/* ---- lines ---- */

static bool is_token_byte(char c)
{
    static const char signs[] = "!#$%&'*+-.^_`|~";

    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
           (c >= 'a' && c <= 'z') || (c && strchr(signs, c));
}

static bool is_token(const char *at, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!is_token_byte(at[i]))
            return false;
    return n > 0;
}

/* A line without its CR LF. */
static const char *take_line(struct reader *r, size_t *n)
{
    const char *line = r->at;
    const char *feed = memchr(line, '\n', (size_t)(r->end - line));

    if (!feed) /* cannot be in a whole head */
        feed = r->end;
    r->at = feed < r->end ? feed + 1 : r->end;
    *n = (size_t)(feed - line);
    if (*n > 0 && line[*n - 1] == '\r')
        --*n;
    else
        r->bad = true;
    for (size_t i = 0; i < *n; i++) {
        unsigned char c = (unsigned char)line[i];
        if ((c < ' ' && c != '\t') || c == 0x7f)
            r->bad = true;
    }
    return line;
}

/* ---- the request line ---- */

/* What stands before the next space; the space is taken, too. */
static const char *take_word(const char **at, const char *end, size_t *n)
{
    const char *word = *at;
    const char *space = memchr(word, ' ', (size_t)(end - word));

    *n = (size_t)((space ? space : end) - word);
    *at = space ? space + 1 : end;
    return word;
}

static bool is_text(const char *at, size_t n, const char *text)
{
    return n == strlen(text) && memcmp(at, text, n) == 0;
}

/* http://name/path is as good as /path. */
static bool is_metrics(const char *target, size_t n)
{
    const char *end = target + n;

    if (n >= 7 && strncasecmp(target, "http://", 7) == 0) {
        const char *path = memchr(target + 7, '/', n - 7);
        target = path ? path : end;
    }
    const char *query = memchr(target, '?', (size_t)(end - target));
    return is_text(target, (size_t)((query ? query : end) - target),
                   "/metrics");
}

static void read_request_line(struct reader *r)
{
    size_t n, method_n, target_n;
    const char *line = take_line(r, &n), *end = line + n;
    const char *method = take_word(&line, end, &method_n);
    const char *target = take_word(&line, end, &target_n);
    size_t version_n = (size_t)(end - line);

    r->is_get = is_text(method, method_n, "GET");
    r->is_head = is_text(method, method_n, "HEAD");
    r->is_metrics = is_metrics(target, target_n);
    r->is_1_0 = is_text(line, version_n, "HTTP/1.0");
    if (!is_token(method, method_n) || target_n == 0 ||
        memchr(target, '\t', target_n) ||
        (!r->is_1_0 && !is_text(line, version_n, "HTTP/1.1")))
        r->bad = true;
}

/* ---- fields ---- */

static void read_length(struct reader *r, const char *value, size_t n)
{
    uint64_t length = 0;

    r->bad = r->bad || n == 0;
    for (size_t i = 0; i < n; i++) {
        if (value[i] < '0' || value[i] > '9')
            r->bad = true;
        else if (length < UINT64_MAX / 10 - 1) /* larger ones are all large */
            length = length * 10 + (uint64_t)(value[i] - '0');
    }
    if (r->has_length && length != r->length)
        r->bad = true;
    r->has_length = true;
    r->length = length;
}

static bool is_name(const char *name, size_t n, const char *word)
{
    return n == strlen(word) && strncasecmp(name, word, n) == 0;
}

static void read_field(struct reader *r, const char *name, size_t name_n,
                       const char *value, size_t n)
{
    if (is_name(name, name_n, "Host")) {
        r->hosts++;
    } else if (is_name(name, name_n, "Connection")) {
        r->asks_close = r->asks_close || list_has(value, n, "close");
        r->asks_keep = r->asks_keep || list_has(value, n, "keep-alive");
    } else if (is_name(name, name_n, "Content-Length")) {
        read_length(r, value, n);
    } else if (is_name(name, name_n, "Transfer-Encoding")) {
        r->chunked = true;
    } else if (is_name(name, name_n, "Accept")) {
        wish_add(&r->wish, value, n);
    } else if (is_name(name, name_n, "Accept-Encoding")) {
        codings_add(&r->codings, value, n);
    }
}

/* A line that begins with a space has no name: a token has no space. */
static void read_field_line(struct reader *r, const char *line, size_t n)
{
    const char *colon = memchr(line, ':', n), *end = line + n;

    if (!colon || !is_token(line, (size_t)(colon - line))) {
        r->bad = true;
        return;
    }
    const char *value = colon + 1;
    while (value < end && (*value == ' ' || *value == '\t'))
        value++;
    while (end > value && (end[-1] == ' ' || end[-1] == '\t'))
        end--;
    read_field(r, line, (size_t)(colon - line), value, (size_t)(end - value));
}

/* ---- all of it ---- */

static bool is_bad(const struct reader *r)
{
    return r->bad || r->hosts > 1 || (r->hosts == 0 && !r->is_1_0) ||
           (r->chunked && r->has_length);
}

static int status_of(const struct reader *r, bool has_body)
{
    if (is_bad(r))
        return 400;
    if (!r->is_metrics)
        return 404;
    if (!r->is_get && !r->is_head)
        return 405;
    return has_body ? 413 : 200;
}

/// END
struct request request_read(const char *head, size_t n)
{
    /// SOLUTION
    struct reader r = {
        .at = head, .end = head + n, .codings = {Q_NOT_NAMED, Q_NOT_NAMED}};
    const char *line;
    size_t length;

    read_request_line(&r);
    while (r.at < r.end && (line = take_line(&r, &length), length > 0))
        read_field_line(&r, line, length);
    bool has_body = r.chunked || r.length > 0;
    int status = status_of(&r, has_body);
    bool keep = r.is_1_0 ? r.asks_keep && !r.asks_close : !r.asks_close;
    bool close = status == 400 || has_body || !keep;
    return (struct request){.status = status,
                            .head = r.is_head,
                            .close = close,
                            .keep_alive = r.is_1_0 && !close,
                            .gzip = codings_take_gzip(&r.codings),
                            .format = r.wish.format};
    /// STARTER
    /// (void)head;
    /// (void)n;
    /// return (struct request){.status = 400, .close = true}; /* Step 3 */
    /// END
}

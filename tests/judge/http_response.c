/* SPDX-License-Identifier: MIT
 *
 * http_response.c - read one response, and say which rule it breaks
 */
#include "http.h"

#include "http_parts.h"

#include <ctype.h>
#include <libdeflate.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

enum { MOST_HEAD = 1 << 16, MOST_TEXT = 64 << 20 };

/* ---- the head ---- */

/* Its bytes with the empty line; 0 when that has not come. */
static size_t head_size(const struct http_client *c)
{
    char *end = c->used ? memmem(c->bytes, c->used, "\r\n\r\n", 4) : NULL;

    return end ? (size_t)(end - c->bytes) + 4 : 0;
}

/* A line that no server may send, whatever it means. */
static enum http_result check_line(struct http_client *c, const char *line,
                                   size_t n)
{
    for (size_t i = 0; i < n; i++) {
        unsigned char b = (unsigned char)line[i];
        if (b == '\n')
            return http_wrong(c, "a line of the head ends with LF alone");
        if ((b < ' ' && b != '\t') || b == 127)
            return http_wrong(c, "the head has the control character 0x%02x",
                              b);
    }
    return HTTP_OK;
}

static bool is_token(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!isalnum((unsigned char)s[i]) && !strchr("!#$%&'*+-.^_`|~", s[i]))
            return false;
    return n > 0;
}

static enum http_result parse_status(struct http_client *c, const char *line,
                                     struct http_response *r)
{
    if (strncmp(line, "HTTP/1.", 7) != 0 ||
        (line[7] != '0' && line[7] != '1') || line[8] != ' ' ||
        !isdigit((unsigned char)line[9]) || !isdigit((unsigned char)line[10]) ||
        !isdigit((unsigned char)line[11]) || line[12] != ' ')
        return http_wrong(c,
                          "the status line is \"HTTP/1.1 ddd reason\", not "
                          "\"%.60s\" (RFC 9112, 4)",
                          line);
    r->minor = line[7] - '0';
    r->status = atoi(line + 9);
    if (r->status < 200 || r->status > 599)
        return http_wrong(c, "the status %d was not asked for", r->status);
    return HTTP_OK;
}

static enum http_result parse_field(struct http_client *c, char *line,
                                    struct http_response *r)
{
    char *colon = strchr(line, ':');
    size_t name = colon ? (size_t)(colon - line) : 0;

    if (!is_token(line, name))
        return http_wrong(c, "\"%.60s\" is no field: NAME: value (RFC 9112, 5)",
                          line);
    if (r->fields == HTTP_FIELDS)
        return http_wrong(c, "more than %d fields", HTTP_FIELDS);
    *colon = '\0';
    char *value = colon + 1 + strspn(colon + 1, " \t");
    size_t n = strlen(value);
    while (n > 0 && (value[n - 1] == ' ' || value[n - 1] == '\t'))
        value[--n] = '\0';
    r->field[r->fields++] = (struct http_field){line, value};
    return HTTP_OK;
}

static enum http_result parse_head(struct http_client *c,
                                   struct http_response *r)
{
    char *line = r->head;

    for (int number = 0; *line || number == 0; number++) {
        char *end = strstr(line, "\r\n");
        *end = '\0';
        enum http_result result = check_line(c, line, (size_t)(end - line));
        if (result == HTTP_OK && *line)
            result = number == 0 ? parse_status(c, line, r)
                                 : parse_field(c, line, r);
        if (result != HTTP_OK)
            return result;
        if (number == 0 && !*line)
            return http_wrong(c, "an empty line comes before the status line");
        line = end + 2;
    }
    return HTTP_OK;
}

const char *http_field(const struct http_response *r, const char *name)
{
    static char list[1024];
    size_t n = 0;
    const char *one = NULL;
    int found = 0;

    for (size_t i = 0; i < r->fields; i++) {
        if (strcasecmp(r->field[i].name, name) != 0)
            continue;
        one = r->field[i].value;
        n += (size_t)snprintf(list + n, n < sizeof list ? sizeof list - n : 0,
                              "%s%s", found++ ? ", " : "", one);
    }
    return found > 1 ? list : one;
}

/* ---- rules about fields ---- */

static enum http_result check_length(struct http_client *c,
                                     struct http_response *r)
{
    const char *length = http_field(r, "Content-Length");
    char *end;

    if (http_field(r, "Transfer-Encoding"))
        return http_wrong(c, "an answer with Transfer-Encoding, where a "
                             "Content-Length is promised");
    if (!length)
        return http_wrong(c, "there is no Content-Length: where the body ends "
                             "cannot be known (RFC 9112, 6)");
    r->length = strtoull(length, &end, 10);
    if (!isdigit((unsigned char)*length) || *end || r->length > MOST_TEXT)
        return http_wrong(c, "Content-Length is \"%.40s\"", length);
    return HTTP_OK;
}

/* "Sun, 06 Nov 1994 08:49:37 GMT", and on the right day of the week. */
static enum http_result check_date(struct http_client *c,
                                   const struct http_response *r)
{
    const char *date = http_field(r, "Date");
    struct tm t = {0};
    char again[40] = "";

    if (!date)
        return HTTP_OK; /* the suite asks for it */
    const char *end = strptime(date, "%a, %d %b %Y %H:%M:%S GMT", &t);
    if (end && !*end) {
        time_t at = timegm(&t);
        gmtime_r(&at, &t);
        strftime(again, sizeof again, "%a, %d %b %Y %H:%M:%S GMT", &t);
    }
    if (strcmp(again, date) != 0)
        return http_wrong(c, "Date is \"%.40s\" (RFC 9110, 5.6.7)", date);
    return HTTP_OK;
}

static enum http_result check_coding(struct http_client *c,
                                     struct http_response *r)
{
    const char *coding = http_field(r, "Content-Encoding");

    if (coding && strcasecmp(coding, "gzip") != 0)
        return http_wrong(c, "Content-Encoding is \"%.40s\"", coding);
    r->gzip = coding != NULL;
    return HTTP_OK;
}

/* ---- the body ---- */

static enum http_result gunzip(struct http_client *c, struct http_response *r)
{
    struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
    uint32_t size = 0;
    size_t used = 0;

    if (r->length >= 18) /* the last four bytes say the size, modulo 2^32 */
        memcpy(&size, r->body + r->length - 4, sizeof size);
    r->text = d && size <= MOST_TEXT ? malloc((size_t)size + 1) : NULL;
    bool done = r->text && libdeflate_gzip_decompress_ex(
                               d, r->body, r->length, r->text, size, &used,
                               &r->text_size) == LIBDEFLATE_SUCCESS;
    libdeflate_free_decompressor(d);
    if (!done || used != r->length)
        return http_wrong(c, "the body is not gzip, as Content-Encoding says "
                             "(RFC 1952)");
    r->text[r->text_size] = '\0';
    return HTTP_OK;
}

static enum http_result read_body(struct http_client *c, int64_t deadline_ms,
                                  struct http_response *r)
{
    while (c->used < r->length) {
        enum http_result result = http_more(c, deadline_ms);
        if (result == HTTP_ENDED || result == HTTP_CUT) {
            http_wrong(c, "the body ends after %zu bytes of %zu", c->used,
                       r->length);
            return HTTP_CUT;
        }
        if (result != HTTP_OK)
            return result;
    }
    r->body = malloc(r->length + 1);
    if (!r->body)
        return http_wrong(c, "no memory for the body");
    if (r->length)
        memcpy(r->body, c->bytes, r->length);
    r->body[r->length] = '\0';
    http_drop(c, r->length);
    if (r->gzip)
        return gunzip(c, r);
    r->text = r->body;
    r->text_size = r->length;
    return HTTP_OK;
}

/* ---- all of it ---- */

static enum http_result read_head(struct http_client *c, int64_t deadline_ms,
                                  struct http_response *r)
{
    size_t size;

    while ((size = head_size(c)) == 0) {
        if (c->used > MOST_HEAD)
            return http_wrong(c, "the head has no end");
        enum http_result result = http_more(c, deadline_ms);
        if (result == HTTP_CUT)
            http_wrong(c, "the connection ends in the head, after %zu bytes",
                       c->used);
        if (result != HTTP_OK)
            return result;
    }
    if (memchr(c->bytes, '\0', size))
        return http_wrong(c, "the head has a NUL");
    r->head = strndup(c->bytes, size);
    if (!r->head)
        return http_wrong(c, "no memory for the head");
    http_drop(c, size);
    return parse_head(c, r);
}

static enum http_result read_all(struct http_client *c, bool no_body,
                                 int64_t deadline_ms, struct http_response *r)
{
    enum http_result result = read_head(c, deadline_ms, r);

    if (result == HTTP_OK)
        result = check_length(c, r);
    if (result == HTTP_OK)
        result = check_date(c, r);
    if (result == HTTP_OK)
        result = check_coding(c, r);
    if (result == HTTP_OK && !no_body)
        result = read_body(c, deadline_ms, r);
    return result;
}

enum http_result http_read(struct http_client *c, bool no_body,
                           int64_t deadline_ms, struct http_response *r)
{
    *r = (struct http_response){0};
    enum http_result result = read_all(c, no_body, deadline_ms, r);

    if (result != HTTP_OK)
        http_free(r);
    return result;
}

void http_free(struct http_response *r)
{
    if (r->text != r->body)
        free(r->text);
    free(r->body);
    free(r->head);
    *r = (struct http_response){0};
}

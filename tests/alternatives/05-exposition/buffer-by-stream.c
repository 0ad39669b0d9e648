/* SPDX-License-Identifier: MIT
 *
 * buffer-by-stream.c - the buffer is one that a stream is written into
 *
 * file: exposition.c
 */
#include "page.h"

#include "met/error.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LARGE = 21, LARGE_BOUND = 6 };

struct state {
    struct page *page;
    enum met_format format;
    char *family;       /* a copy: of the point before, or NULL */
    size_t name_length; /* without the _total of OpenMetrics */
    struct le {
        char text[MET_DOUBLE_BYTES];
        size_t length;
    } * le; /* the texts of its bounds */
    size_t le_room;
};

/* ---- the head of a family ---- */

static void put_head(struct state *s, const struct met_point *p,
                     const char *word)
{
    page_put_text(s->page, "# ");
    page_put_text(s->page, word);
    page_put_byte(s->page, ' ');
    page_put(s->page, p->name, s->name_length);
    page_put_byte(s->page, ' ');
}

static void put_help(struct state *s, const struct met_point *p)
{
    put_head(s, p, "HELP");
    page_put_escaped(s->page, p->help,
                     s->format == MET_TEXT ? "\\\n" : "\\\n\"");
    page_put_byte(s->page, '\n');
}

static void put_type(struct state *s, const struct met_point *p)
{
    static const char *const names[] = {"counter", "gauge", "histogram"};

    put_head(s, p, "TYPE");
    page_put_text(s->page, names[p->type]);
    page_put_byte(s->page, '\n');
}

/* OpenMetrics wants 1.0, where the text format has 1. */
static size_t write_bound(enum met_format format, double bound, char *out)
{
    if (format == MET_TEXT)
        return number_write(bound, LARGE, out);
    size_t n = number_write(bound, LARGE_BOUND, out);
    out[n] = '\0';
    if (strpbrk(out, ".e"))
        return n;
    memcpy(out + n, ".0", 2);
    return n + 2;
}

static int make_le(struct state *s, const struct met_point *p)
{
    if (p->bounds > s->le_room) {
        struct le *le = realloc(s->le, p->bounds * sizeof *le);
        if (!le)
            return MET_ENOMEM;
        s->le = le;
        s->le_room = p->bounds;
    }
    for (size_t i = 0; i < p->bounds; i++)
        s->le[i].length = write_bound(s->format, p->bound[i], s->le[i].text);
    return 0;
}

static int begin_family(struct state *s, const struct met_point *p)
{
    size_t n = strlen(p->name);

    if (s->format == MET_OPENMETRICS && p->type == MET_COUNTER && n > 6 &&
        strcmp(p->name + n - 6, "_total") == 0)
        n -= 6;
    s->name_length = n;
    free(s->family);
    s->family = strdup(p->name);
    if (!s->family)
        return MET_ENOMEM;
    if (s->format == MET_TEXT)
        put_help(s, p);
    put_type(s, p);
    if (s->format == MET_OPENMETRICS)
        put_help(s, p);
    return p->type == MET_HISTOGRAM ? make_le(s, p) : 0;
}

/* ---- samples ---- */

/* Name, suffix and labels: all before the value. Of a bucket, le stands last. */
static void put_start(struct state *s, const struct met_point *p,
                      const char *suffix, const char *le, size_t le_length)
{
    struct page *page = s->page;
    char before = '{';

    page_put(page, p->name, s->name_length);
    page_put_text(page, suffix);
    for (size_t i = 0; i < p->labels; i++) {
        page_put_byte(page, before);
        page_put_text(page, p->label_names[i]);
        page_put(page, "=\"", 2);
        page_put_escaped(page, p->label_values[i], "\\\n\"");
        page_put_byte(page, '"');
        before = ',';
    }
    if (le) {
        page_put_byte(page, before);
        page_put(page, "le=\"", 4);
        page_put(page, le, le_length);
        page_put_byte(page, '"');
        before = ',';
    }
    page_put_text(page, before == ',' ? "} " : " ");
}

static void put_number(struct state *s, double v)
{
    char text[MET_DOUBLE_BYTES];
    size_t n = number_write(v, LARGE, text);

    text[n++] = '\n';
    page_put(s->page, text, n);
}

static void put_integer(struct state *s, uint64_t n)
{
    page_put_count(s->page, n);
    page_put_byte(s->page, '\n');
}

/* OpenMetrics forbids a sum that may fall or is NaN, and a count without it. */
static bool has_sum(const struct state *s, const struct met_point *p)
{
    bool negative = p->bounds > 0 && p->bound[0] < 0;

    return s->format == MET_TEXT || (!negative && p->sum >= 0);
}

static void put_histogram(struct state *s, const struct met_point *p)
{
    for (size_t i = 0; i < p->bounds; i++) {
        put_start(s, p, "_bucket", s->le[i].text, s->le[i].length);
        put_integer(s, p->cumulative[i]);
    }
    put_start(s, p, "_bucket", "+Inf", 4);
    put_integer(s, p->count);
    if (!has_sum(s, p))
        return;
    put_start(s, p, "_sum", NULL, 0);
    put_number(s, p->sum);
    put_start(s, p, "_count", NULL, 0);
    put_integer(s, p->count);
}

static int put_point(void *ctx, const struct met_point *p)
{
    struct state *s = ctx;
    bool total = s->format == MET_OPENMETRICS && p->type == MET_COUNTER;

    if (!s->family || strcmp(p->name, s->family) != 0) {
        int err = begin_family(s, p);
        if (err < 0)
            return err;
    }
    if (p->type == MET_HISTOGRAM) {
        put_histogram(s, p);
    } else {
        put_start(s, p, total ? "_total" : "", NULL, 0);
        put_number(s, p->value);
    }
    return s->page->gave_up ? MET_EWRITE : 0;
}

static int put_page(struct met_registry *r, enum met_format format,
                    struct page *page)
{
    struct state s = {.page = page, .format = format};
    int err = met_registry_collect(r, put_point, &s);

    free(s.le);
    free(s.family);
    if (err < 0)
        return err;
    if (format == MET_OPENMETRICS)
        page_put_text(page, "# EOF\n");
    page_flush(page);
    return page->gave_up ? MET_EWRITE : 0;
}

const char *met_content_type(enum met_format format)
{
    return format == MET_OPENMETRICS
               ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
               : "text/plain; version=0.0.4; charset=utf-8";
}

struct buffer {
    char *bytes;
    size_t size, length;
};

/* What does not fit is only counted. */
static int append(void *ctx, const char *bytes, size_t n)
{
    struct buffer *b = ctx;
    size_t room = b->size > b->length ? b->size - b->length : 0;

    if (room > 0)
        memcpy(b->bytes + b->length, bytes, n < room ? n : room);
    b->length += n;
    return 0;
}

int met_expose(struct met_registry *r, enum met_format format, char *buffer,
               size_t size, size_t *length)
{
    struct buffer to = {buffer, size, 0};
    int err = met_expose_stream(r, format, append, &to);

    if (err < 0)
        return err;
    *length = to.length;
    return to.length > size ? MET_ENOSPC : 0;
}

int met_expose_stream(struct met_registry *r, enum met_format format,
                      met_write_fn *write, void *ctx)
{
    char piece[PIECE_BYTES];
    struct page page = {
        .bytes = piece, .size = sizeof piece, .write = write, .ctx = ctx};

    return put_page(r, format, &page);
}

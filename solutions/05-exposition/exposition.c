/* SPDX-License-Identifier: MIT
 *
 * exposition.c - a registry as a page, in two formats
 *
/// SOLUTION
 * The page is a visitor of met_registry_collect(): points come sorted, family
 * after family, so the head of a family is written before its first point.
 * What the lines have in common is made once: the texts of the bounds once a
 * family, all before le once a histogram.
/// STARTER
///  * The handout, README.md, leads through the steps.
/// END
 */
#include "page.h"

#include "met/error.h"

/// SOLUTION
#include <math.h>
#include <stdlib.h>
#include <string.h>
/// STARTER
/// #include <stddef.h>
/// END

/// SOLUTION
enum { LARGE = 21, LARGE_BOUND = 6 };

/* A text that is made once and put often. */
struct text {
    char *bytes;
    size_t length, room;
};

struct state {
    struct page *page;
    enum met_format format;
    struct text family; /* name of the point before: it does not live on */
    size_t name_length; /* without the _total of OpenMetrics */
    struct le {
        char text[MET_DOUBLE_BYTES + sizeof "le=\"\"} "];
        size_t length;
    } * le; /* of each of its bounds: le="0.5"} */
    size_t le_room;
    struct text start; /* of a bucket: all before its le */
};

/* Makes a text by writing it as a page, a second time when it did not fit. */
static int make_text(struct text *t, struct state *s, const struct met_point *p,
                     void (*put)(struct page *, const struct state *,
                                 const struct met_point *))
{
    struct page page = {.bytes = t->bytes, .size = t->room};

    put(&page, s, p);
    t->length = page.length;
    if (page.length <= t->room)
        return 0;
    char *more = realloc(t->bytes, 2 * page.length);
    if (!more)
        return MET_ENOMEM;
    t->bytes = more;
    t->room = 2 * page.length;
    return make_text(t, s, p, put);
}

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
    for (size_t i = 0; i < p->bounds; i++) {
        char *to = s->le[i].text;
        size_t n = write_bound(s->format, p->bound[i], to + 4);
        memcpy(to, "le=\"", 4);
        memcpy(to + 4 + n, "\"} ", 3);
        s->le[i].length = n + 7;
    }
    return 0;
}

static void put_name(struct page *page, const struct state *s,
                     const struct met_point *p)
{
    (void)s;
    page_put(page, p->name, strlen(p->name) + 1);
}

static bool is_next_child(const struct state *s, const struct met_point *p)
{
    return s->family.length > 0 && strcmp(s->family.bytes, p->name) == 0;
}

static int begin_family(struct state *s, const struct met_point *p)
{
    size_t n = strlen(p->name);

    if (s->format == MET_OPENMETRICS && p->type == MET_COUNTER && n > 6 &&
        strcmp(p->name + n - 6, "_total") == 0)
        n -= 6;
    s->name_length = n;
    if (make_text(&s->family, s, p, put_name) < 0)
        return MET_ENOMEM;
    if (s->format == MET_TEXT)
        put_help(s, p);
    put_type(s, p);
    if (s->format == MET_OPENMETRICS)
        put_help(s, p);
    return p->type == MET_HISTOGRAM ? make_le(s, p) : 0;
}

/* ---- samples ---- */

/* The labels with a byte before each, the first one's given. */
static void put_labels(struct page *page, const struct met_point *p,
                       char before)
{
    for (size_t i = 0; i < p->labels; i++) {
        page_put_byte(page, before);
        page_put_text(page, p->label_names[i]);
        page_put(page, "=\"", 2);
        page_put_escaped(page, p->label_values[i], "\\\n\"");
        page_put_byte(page, '"');
        before = ',';
    }
}

/* All before the value, of a sample that is not a bucket. */
static void put_start(struct state *s, const struct met_point *p,
                      const char *suffix)
{
    page_put(s->page, p->name, s->name_length);
    page_put_text(s->page, suffix);
    put_labels(s->page, p, '{');
    page_put_text(s->page, p->labels > 0 ? "} " : " ");
}

static void put_bucket_start(struct page *page, const struct state *s,
                             const struct met_point *p)
{
    page_put(page, p->name, s->name_length);
    page_put_text(page, "_bucket");
    put_labels(page, p, '{');
    page_put_byte(page, p->labels > 0 ? ',' : '{');
}

static void put_bucket(struct state *s, const char *le, size_t n)
{
    page_put(s->page, s->start.bytes, s->start.length);
    page_put(s->page, le, n);
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

static int put_histogram(struct state *s, const struct met_point *p)
{
    if (make_text(&s->start, s, p, put_bucket_start) < 0)
        return MET_ENOMEM;
    for (size_t i = 0; i < p->bounds; i++) {
        put_bucket(s, s->le[i].text, s->le[i].length);
        put_integer(s, p->cumulative[i]);
    }
    put_bucket(s, "le=\"+Inf\"} ", 11);
    put_integer(s, p->count);
    if (!has_sum(s, p))
        return 0;
    put_start(s, p, "_sum");
    put_number(s, p->sum);
    put_start(s, p, "_count");
    put_integer(s, p->count);
    return 0;
}

static int put_samples(struct state *s, const struct met_point *p)
{
    bool total = s->format == MET_OPENMETRICS && p->type == MET_COUNTER;

    if (p->type == MET_HISTOGRAM)
        return put_histogram(s, p);
    put_start(s, p, total ? "_total" : "");
    put_number(s, p->value);
    return 0;
}

static int put_point(void *ctx, const struct met_point *p)
{
    struct state *s = ctx;
    int err = is_next_child(s, p) ? 0 : begin_family(s, p);

    if (err == 0)
        err = put_samples(s, p);
    return err < 0 ? err : s->page->gave_up ? MET_EWRITE : 0;
}

static int put_page(struct met_registry *r, enum met_format format,
                    struct page *page)
{
    struct state s = {.page = page, .format = format};
    int err = met_registry_collect(r, put_point, &s);

    free(s.le);
    free(s.family.bytes);
    free(s.start.bytes);
    if (err < 0)
        return err;
    if (format == MET_OPENMETRICS)
        page_put_text(page, "# EOF\n");
    page_flush(page);
    return page->gave_up ? MET_EWRITE : 0;
}

/// END
const char *met_content_type(enum met_format format)
{
    /// SOLUTION
    return format == MET_OPENMETRICS
               ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
               : "text/plain; version=0.0.4; charset=utf-8";
    /// STARTER
    /// (void)format;
    /// return ""; /* Step 3 */
    /// END
}

int met_expose(struct met_registry *r, enum met_format format, char *buffer,
               size_t size, size_t *length)
{
    /// SOLUTION
    struct page page = {.bytes = buffer, .size = size};
    int err = put_page(r, format, &page);

    if (err < 0)
        return err;
    *length = page.length;
    return page.length > size ? MET_ENOSPC : 0;
    /// STARTER
    /// (void)r;
    /// (void)format;
    /// (void)buffer;
    /// (void)size;
    /// (void)length;
    /// return MET_ENOMEM; /* Step 3 */
    /// END
}

int met_expose_stream(struct met_registry *r, enum met_format format,
                      met_write_fn *write, void *ctx)
{
    /// SOLUTION
    char piece[PIECE_BYTES];
    struct page page = {
        .bytes = piece, .size = sizeof piece, .write = write, .ctx = ctx};

    return put_page(r, format, &page);
    /// STARTER
    /// (void)r;
    /// (void)format;
    /// (void)write;
    /// (void)ctx;
    /// return MET_ENOMEM; /* Step 4 */
    /// END
}

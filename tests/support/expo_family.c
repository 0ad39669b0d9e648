/* SPDX-License-Identifier: MIT
 *
 * expo_family.c - the rules of the types: which samples a family has, which
 * values they may have, and what must be there at the end
 */
#include "expo_parts.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct group {
    size_t line;
    double last_bound, last_count, inf, count, time;
    bool has_bucket, has_inf, has_count, has_sum, negative_bound, has_time;
};

enum { SUFFIXES = 6 };

struct type {
    const char *name;
    const char *suffixes[SUFFIXES]; /* "" is the family's own name */
};

static const struct type text_types[] = {
    {"counter", {""}},
    {"gauge", {""}},
    {"untyped", {""}},
    {"histogram", {"_bucket", "_sum", "_count"}},
    {"summary", {"", "_sum", "_count"}},
    {NULL, {NULL}},
};

static const struct type open_types[] = {
    {"counter", {"_total", "_created"}},
    {"gauge", {""}},
    {"unknown", {""}},
    {"histogram", {"_bucket", "_sum", "_count", "_created"}},
    {"gaugehistogram", {"_bucket", "_gsum", "_gcount"}},
    {"summary", {"", "_sum", "_count", "_created"}},
    {"info", {"_info"}},
    {"stateset", {""}},
    {NULL, {NULL}},
};

static const struct type *type_of(const struct reader *r, struct expo_span type)
{
    const struct type *t = r->format == EXPO_TEXT ? text_types : open_types;

    if (type.n == 0)
        return &t[2]; /* untyped, unknown */
    for (; t->name; t++)
        if (span_is(type, t->name))
            return t;
    return NULL;
}

void family_check_type(struct reader *r, struct expo_span type)
{
    if (type.n == 0 || !type_of(r, type))
        expo_refuse(r, "type", "%.*s is no type", SPAN(type));
}

const char *family_suffix(const struct reader *r, const struct family *f,
                          size_t i)
{
    const struct type *t = type_of(r, f->type);

    return i < SUFFIXES ? t->suffixes[i] : NULL;
}

bool family_owns(const struct reader *r, const struct family *f,
                 struct expo_span name)
{
    if (name.n < f->name.n || memcmp(name.at, f->name.at, f->name.n) != 0)
        return false;
    struct expo_span rest = {name.at + f->name.n, name.n - f->name.n};
    const char *suffix;
    for (size_t i = 0; (suffix = family_suffix(r, f, i)); i++)
        if (span_is(rest, suffix))
            return true;
    return false;
}

/* ---- what must be there at the end ---- */

static void end_histogram(struct reader *r, const struct family *f,
                          const struct group *g)
{
    r->line = g->line;
    if (!g->has_bucket)
        expo_refuse(r, "buckets", "a histogram without buckets");
    if (!g->has_inf)
        expo_refuse(r, "+Inf", "a histogram without the bucket +Inf");
    if (g->has_count && g->count != g->inf)
        expo_refuse(r, "count", "_count is %.17g, the bucket +Inf has %.17g",
                    g->count, g->inf);
    if (r->format == EXPO_TEXT && (!g->has_count || !g->has_sum))
        expo_refuse(r, "sum and count", "a histogram without _%s",
                    g->has_sum ? "count" : "sum");
    if (r->format == EXPO_OPENMETRICS && g->has_sum != g->has_count)
        expo_refuse(r, "sum and count", "one without the other");
    if (r->format == EXPO_OPENMETRICS && g->has_sum && g->negative_bound &&
        span_is(f->type, "histogram"))
        expo_refuse(r, "sum", "a sum beside a negative bound");
}

static bool is_histogram(const struct reader *r, const struct family *f)
{
    return strstr(type_of(r, f->type)->name, "histogram") != NULL;
}

static void end_group(struct reader *r, const struct family *f,
                      const struct group *g)
{
    size_t line = r->line;

    if (is_histogram(r, f))
        end_histogram(r, f, g);
    r->line = line;
}

void family_end(struct reader *r, struct family *f)
{
    for (size_t i = 0; i < f->groups.count; i++)
        end_group(r, f, &f->group[i]);
}

/* ---- groups: the samples of one histogram or summary ---- */

static void make_room(struct reader *r, struct family *f, size_t index)
{
    size_t room = f->group_room ? 2 * f->group_room : 16;

    if (index < f->group_room)
        return;
    struct group *group = realloc(f->group, room * sizeof *group);
    if (!group)
        expo_refuse(r, "memory", "there is not enough memory for the check");
    f->group = group;
    f->group_room = room;
}

/* In OpenMetrics a metric may have several points, each at a later time. */
static bool is_next_point(const struct reader *r, const struct group *g,
                          const struct expo_sample *s)
{
    return r->format == EXPO_OPENMETRICS && g->has_time && s->has_time &&
           s->time != g->time;
}

static struct group *group_of(struct reader *r, struct family *f,
                              const struct expo_sample *s, const char *without)
{
    bool is_new;
    size_t index = seen_sample(r, &f->groups, s, without, &is_new)->index;

    make_room(r, f, index);
    struct group *g = &f->group[index];
    if (!is_new && r->format == EXPO_OPENMETRICS && index != f->last_group)
        expo_refuse(r, "interleaving",
                    "this metric began in line %zu, and another one came "
                    "between",
                    g->line);
    if (!is_new && r->format == EXPO_OPENMETRICS && g->has_time != s->has_time)
        expo_refuse(r, "timestamp", "some samples of a metric have one");
    if (!is_new && is_next_point(r, g, s)) {
        if (s->time < g->time)
            expo_refuse(r, "timestamp", "it goes back");
        end_group(r, f, g);
        is_new = true;
    }
    if (is_new)
        *g = (struct group){
            .line = r->line, .has_time = s->has_time, .time = s->time};
    f->last_group = index;
    return g;
}

/* The shortest form with a fraction or an exponent: 1.0, 0.25, 1e+06, +Inf. */
static void check_canonical(struct reader *r, struct expo_span le, double bound)
{
    char text[40];
    int digits = 1;

    if (isinf(bound)) {
        if (!span_is(le, bound > 0 ? "+Inf" : "-Inf"))
            expo_refuse(r, "le", "%.*s is not written +Inf", SPAN(le));
        return;
    }
    do
        snprintf(text, sizeof text, "%.*e", digits - 1, bound);
    while (strtod(text, NULL) != bound && ++digits < 18);
    int exponent = atoi(strchr(text, 'e') + 1);
    if (exponent >= -4 && exponent < 6) {
        int after = digits - 1 - exponent;
        snprintf(text, sizeof text, "%.*f", after > 1 ? after : 1, bound);
    } else {
        snprintf(text, sizeof text, "%.*e", digits - 1, bound);
    }
    if (!span_is(le, text))
        expo_refuse(r, "le", "%.*s is not written %s", SPAN(le), text);
}

static void take_bucket(struct reader *r, struct group *g,
                        const struct expo_sample *s)
{
    const struct expo_label *le = sample_label(s, "le");

    if (!le)
        expo_refuse(r, "le", "a bucket without the label le");
    double bound = span_number(r, le->value, "le");
    if (isnan(bound))
        expo_refuse(r, "le", "NaN");
    if (r->format == EXPO_OPENMETRICS)
        check_canonical(r, le->value, bound);
    if (g->has_bucket && !(bound > g->last_bound))
        expo_refuse(r, "order of buckets", "le=\"%.*s\" after a larger one",
                    SPAN(le->value));
    if (!(s->value >= 0) || s->value != floor(s->value))
        expo_refuse(r, "count", "%g in a bucket", s->value);
    if (g->has_bucket && s->value < g->last_count)
        expo_refuse(r, "cumulative", "%.17g after %.17g", s->value,
                    g->last_count);
    g->negative_bound = g->negative_bound || bound < 0;
    g->has_bucket = true;
    g->last_bound = bound;
    g->last_count = s->value;
    if (isinf(bound) && bound > 0) {
        g->has_inf = true;
        g->inf = s->value;
    }
}

static void take_count(struct reader *r, struct group *g,
                       const struct expo_sample *s)
{
    if (!(s->value >= 0) || s->value != floor(s->value))
        expo_refuse(r, "count", "%g", s->value);
    g->has_count = true;
    g->count = s->value;
}

static void take_sum(struct reader *r, struct group *g,
                     const struct expo_sample *s, bool may_fall)
{
    g->has_sum = true;
    if (r->format == EXPO_TEXT || may_fall)
        return;
    if (!(s->value >= 0))
        expo_refuse(r, "sum", "%g", s->value);
}

/* ---- samples ---- */

static void take_quantile(struct reader *r, const struct expo_sample *s)
{
    const struct expo_label *q = sample_label(s, "quantile");

    if (!q)
        expo_refuse(r, "quantile", "a sample without the label quantile");
    double v = span_number(r, q->value, "quantile");
    if (r->format == EXPO_OPENMETRICS && !(v >= 0 && v <= 1))
        expo_refuse(r, "quantile", "%g", v);
    if (r->format == EXPO_OPENMETRICS && s->value < 0)
        expo_refuse(r, "quantile", "the negative value %g", s->value);
}

static bool ends_with(struct expo_span s, const char *suffix)
{
    return span_cut(&s, suffix);
}

static void take_histogram(struct reader *r, struct family *f,
                           const struct expo_sample *s)
{
    struct group *g = group_of(r, f, s, "le");
    bool gauge = span_is(f->type, "gaugehistogram");

    if (ends_with(s->name, "_bucket"))
        take_bucket(r, g, s);
    else if (sample_label(s, "le"))
        expo_refuse(r, "le", "le at a sample that is no bucket");
    else if (ends_with(s->name, gauge ? "_gcount" : "_count"))
        take_count(r, g, s);
    else if (ends_with(s->name, gauge ? "_gsum" : "_sum"))
        take_sum(r, g, s, gauge);
}

static void take_summary(struct reader *r, struct family *f,
                         const struct expo_sample *s)
{
    struct group *g = group_of(r, f, s, "quantile");

    if (s->name.n == f->name.n)
        take_quantile(r, s);
    else if (sample_label(s, "quantile"))
        expo_refuse(r, "quantile", "quantile at a sum or count");
    else if (ends_with(s->name, "_count"))
        take_count(r, g, s);
    else if (ends_with(s->name, "_sum"))
        take_sum(r, g, s, false);
}

static void take_stateset(struct reader *r, struct family *f,
                          const struct expo_sample *s)
{
    bool named = false;

    for (size_t i = 0; i < s->labels; i++)
        named = named || span_equal(s->label[i].name, f->name);
    if (!named)
        expo_refuse(r, "stateset", "no label %.*s", SPAN(f->name));
    if (s->value != 0 && s->value != 1)
        expo_refuse(r, "stateset", "%g", s->value);
}

/* A series may come again in OpenMetrics, at a later time. */
static void check_series(struct reader *r, struct family *f,
                         const struct expo_sample *s)
{
    bool is_new;
    struct seen_entry *e = seen_sample(r, &f->series, s, NULL, &is_new);
    bool later = r->format == EXPO_OPENMETRICS && s->has_time && e->has_time &&
                 s->time > e->time;

    if (!is_new && !later)
        expo_refuse(r, "duplicate series", "it stands in line %zu, too",
                    e->line);
    e->has_time = s->has_time;
    e->time = s->time;
}

static void check_exemplar(struct reader *r, const struct expo_sample *s)
{
    if (!ends_with(s->name, "_total") && !ends_with(s->name, "_bucket"))
        expo_refuse(r, "exemplar", "at %.*s", SPAN(s->name));
}

/* What is neither histogram nor summary has rules in OpenMetrics only. */
static void take_plain(struct reader *r, struct family *f,
                       const struct expo_sample *s, const char *type)
{
    group_of(r, f, s, "");
    if (strcmp(type, "stateset") == 0)
        take_stateset(r, f, s);
    if (strcmp(type, "info") == 0 && s->value != 1)
        expo_refuse(r, "info", "%g", s->value);
    if (strcmp(type, "counter") == 0 && ends_with(s->name, "_total") &&
        !(s->value >= 0))
        expo_refuse(r, "counter", "%g", s->value);
}

void family_take(struct reader *r, struct family *f,
                 const struct expo_sample *s, bool exemplar)
{
    const char *type = type_of(r, f->type)->name;

    check_series(r, f, s);
    if (exemplar)
        check_exemplar(r, s);
    if (is_histogram(r, f))
        take_histogram(r, f, s);
    else if (strcmp(type, "summary") == 0)
        take_summary(r, f, s);
    else if (r->format == EXPO_OPENMETRICS)
        take_plain(r, f, s, type);
}

/* SPDX-License-Identifier: MIT
 *
 * expo.c - walk through a page, line by line and family by family
 */
#include "expo.h"

#include "expo_parts.h"

#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct check {
    struct reader r;
    struct family family;
    bool open;         /* a family has begun */
    struct seen names; /* of families, and of their samples */
    char **joined;     /* those of the names that stand nowhere on the page */
    size_t joined_count, joined_room;
    expo_sample_fn *show;
    void *ctx;
};

_Noreturn void expo_refuse(struct reader *r, const char *rule,
                           const char *format, ...)
{
    va_list list;

    r->why->line = r->line;
    r->why->rule = rule;
    va_start(list, format);
    vsnprintf(r->why->found, sizeof r->why->found, format, list);
    va_end(list);
    for (char *p = r->why->found; *p; p++)
        if ((unsigned char)*p < ' ' || (unsigned char)*p > '~')
            *p = '?'; /* whoever prints it need not trust the page */
    longjmp(r->refused, 1);
}

/* ---- families ---- */

/* A name may be taken once on a page. */
static void take_name(struct check *c, struct expo_span name)
{
    bool is_new;
    size_t line = seen_name(&c->r, &c->names, name, &is_new)->line;

    if (!is_new)
        expo_refuse(&c->r, "name taken", "%.*s belongs to a family of line %zu",
                    SPAN(name), line);
}

static struct expo_span join(struct check *c, struct expo_span name,
                             const char *suffix)
{
    size_t n = name.n + strlen(suffix);
    char *text = malloc(n + 1);

    if (c->joined_count == c->joined_room) {
        size_t room = c->joined_room ? 2 * c->joined_room : 16;
        char **joined = realloc(c->joined, room * sizeof *joined);
        if (!joined)
            free(text);
        text = joined ? text : NULL;
        c->joined = joined ? joined : c->joined;
        c->joined_room = joined ? room : c->joined_room;
    }
    if (!text)
        expo_refuse(&c->r, "memory", "there is not enough for the check");
    memcpy(text, name.at, name.n);
    memcpy(text + name.n, suffix, n - name.n + 1);
    c->joined[c->joined_count++] = text;
    return (struct expo_span){text, n};
}

/* Some types have no unit. */
static void check_has_unit(struct check *c)
{
    struct family *f = &c->family;

    if (f->unit.n > 0 &&
        (span_is(f->type, "info") || span_is(f->type, "stateset")))
        expo_refuse(&c->r, "unit", "%.*s at a type that has none",
                    SPAN(f->unit));
}

/* The names of its samples, too: no other family may have one of them. Only
 * when the type is known for sure: at the first sample, or at the end. */
static void take_sample_names(struct check *c)
{
    const char *suffix;

    for (size_t i = 0; (suffix = family_suffix(&c->r, &c->family, i)); i++)
        if (*suffix)
            take_name(c, join(c, c->family.name, suffix));
}

static void end_family(struct check *c)
{
    if (c->open && !c->family.has_samples) {
        check_has_unit(c);
        take_sample_names(c);
    }
    if (c->open)
        family_end(&c->r, &c->family);
    seen_clear(&c->family.series);
    seen_clear(&c->family.groups);
    c->open = false;
}

static void begin_family(struct check *c, struct expo_span name)
{
    struct family *f = &c->family;

    end_family(c);
    take_name(c, name);
    c->open = true;
    f->name = name;
    f->type = f->unit = (struct expo_span){0};
    f->has_type = f->has_help = f->has_unit = f->has_samples = false;
}

/* Whether the word is the family's own name, else begins a new one. */
static void continue_family(struct check *c, struct expo_span name)
{
    if (c->open && span_equal(c->family.name, name)) {
        if (c->family.has_samples)
            expo_refuse(&c->r, "order", "metadata of %.*s after its samples",
                        SPAN(name));
        return;
    }
    begin_family(c, name);
}

/* ---- lines that begin with # ---- */

static void once(struct check *c, bool *has, const char *what)
{
    if (*has)
        expo_refuse(&c->r, "metadata", "a second %s line", what);
    *has = true;
}

static void read_type(struct check *c)
{
    struct reader *r = &c->r;

    line_space(r);
    continue_family(c, line_metric_name(r));
    once(c, &c->family.has_type, "TYPE");
    line_space(r);
    c->family.type = line_word(r);
    family_check_type(r, c->family.type);
    line_end(r);
}

static void read_help(struct check *c)
{
    struct reader *r = &c->r;

    line_space(r);
    continue_family(c, line_metric_name(r));
    once(c, &c->family.has_help, "HELP");
    if (r->format == EXPO_OPENMETRICS || !line_starts(r, "\n"))
        line_space(r);
    line_help(r);
    line_expect(r, "\n", "end of line");
}

/* A unit stands at the end of the name. */
static void check_unit(struct reader *r, struct expo_span name,
                       struct expo_span unit)
{
    bool fits = name.n > unit.n &&
                memcmp(name.at + name.n - unit.n, unit.at, unit.n) == 0 &&
                name.at[name.n - unit.n - 1] == '_';

    if (unit.n > 0 && !fits)
        expo_refuse(r, "unit", "%.*s is no end of the name", SPAN(unit));
}

static void read_unit(struct check *c)
{
    struct reader *r = &c->r;

    line_space(r);
    continue_family(c, line_metric_name(r));
    once(c, &c->family.has_unit, "UNIT");
    line_space(r);
    c->family.unit = line_word(r);
    check_unit(r, c->family.name, c->family.unit);
    line_end(r);
}

static bool word_follows(const struct reader *r, const char *word)
{
    size_t n = strlen(word);

    return line_starts(r, word) && r->at + n < r->end &&
           (r->at[n] == ' ' || r->at[n] == '\t' || r->at[n] == '\n');
}

static void read_comment(struct check *c)
{
    struct reader *r = &c->r;

    line_comment(r);
    r->at++;
}

/* Returns false after # EOF. */
static bool read_meta(struct check *c)
{
    struct reader *r = &c->r;
    bool open = r->format == EXPO_OPENMETRICS;

    r->at++;
    if (open) {
        line_expect(r, " ", "metadata");
        if (line_starts(r, "EOF")) {
            r->at += 3;
            return false;
        }
    }
    line_spaces(r);
    const char *word = r->at;
    if (word_follows(r, "TYPE") || word_follows(r, "HELP") ||
        (open && word_follows(r, "UNIT"))) {
        r->at += 4;
        (*word == 'T' ? read_type : *word == 'H' ? read_help : read_unit)(c);
    } else if (open) {
        expo_refuse(r, "metadata", "%.*s is neither TYPE, UNIT, HELP nor EOF",
                    (int)(r->end - r->at > 20 ? 20 : r->end - r->at), r->at);
    } else {
        read_comment(c);
    }
    return true;
}

/* ---- samples ---- */

/* # {labels} value [time], after a sample of OpenMetrics. */
static bool read_exemplar(struct reader *r)
{
    struct expo_label labels[EXPO_LABELS];
    struct expo_span number;
    size_t characters = 0;

    if (!line_starts(r, " # "))
        return false;
    r->at += 3;
    size_t n = line_labels(r, labels);
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < labels[i].name.n + labels[i].value.n; k++) {
            struct expo_span s =
                k < labels[i].name.n ? labels[i].name : labels[i].value;
            size_t at = k < labels[i].name.n ? k : k - labels[i].name.n;
            bool first = (s.at[at] & 0xC0) != 0x80;
            bool escape = s.at[at] == '\\' && at + 1 < s.n &&
                          (at == 0 || s.at[at - 1] != '\\');
            characters += first && !escape;
        }
    if (characters > 128)
        expo_refuse(r, "exemplar", "%zu characters in its labels", characters);
    line_space(r);
    line_number(r, &number);
    if (line_starts(r, " ")) {
        r->at++;
        span_number(r, line_word(r), "timestamp");
    }
    return true;
}

/* Without TYPE, HELP or UNIT a name is a family of its own. */
static void find_family(struct check *c, struct expo_span name)
{
    struct family *f = &c->family;

    if (c->open && (f->has_type || f->has_help || f->has_unit) &&
        family_owns(&c->r, f, name))
        return;
    if (c->open && !f->has_type && span_equal(f->name, name))
        return;
    if (c->open && f->has_type && !f->has_samples && span_equal(f->name, name))
        expo_refuse(&c->r, "sample name", "%.*s is no sample of a %.*s",
                    SPAN(name), SPAN(f->type));
    begin_family(c, name);
}

static void read_sample(struct check *c)
{
    struct reader *r = &c->r;
    struct expo_sample s; /* large: what is not set is not read */

    s.line = r->line;
    s.time = 0;
    s.name = line_metric_name(r);
    find_family(c, s.name);
    line_sample(r, &s);
    bool exemplar = r->format == EXPO_OPENMETRICS && read_exemplar(r);
    line_end(r);
    if (!c->family.has_samples) {
        check_has_unit(c);
        take_sample_names(c);
    }
    c->family.has_samples = true;
    family_take(r, &c->family, &s, exemplar);
    s.family = c->family.name;
    s.type = c->family.type;
    if (c->show)
        c->show(c->ctx, &s);
}

/* ---- the page ---- */

static void read_line(struct check *c, bool *ended)
{
    struct reader *r = &c->r;

    line_spaces(r);
    if (r->at == r->end)
        expo_refuse(r, "final newline", "the page ends in the line");
    if (*r->at == '#')
        *ended = !read_meta(c);
    else if (*r->at == '\n' && r->format == EXPO_TEXT)
        r->at++;
    else
        read_sample(c);
}

static void read_page(struct check *c)
{
    struct reader *r = &c->r;
    bool ended = false;

    while (r->at < r->end && !ended) {
        r->line++;
        read_line(c, &ended);
    }
    if (r->format == EXPO_OPENMETRICS && !ended)
        expo_refuse(r, "EOF", "the page does not end with # EOF");
    if (ended && line_starts(r, "\n"))
        r->at++;
    if (r->at < r->end)
        expo_refuse(r, "EOF", "something follows # EOF");
    end_family(c);
}

enum expo_format expo_guess(const char *page, size_t size)
{
    if (size > 0 && page[size - 1] == '\n')
        size--;
    bool eof = size >= 5 && memcmp(page + size - 5, "# EOF", 5) == 0 &&
               (size == 5 || page[size - 6] == '\n');
    return eof ? EXPO_OPENMETRICS : EXPO_TEXT;
}

bool expo_check(const char *page, size_t size, enum expo_format format,
                expo_sample_fn *show, void *ctx, struct expo_problem *why)
{
    struct check *c = calloc(1, sizeof *c);
    locale_t c_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    volatile bool valid = false;

    *why =
        (struct expo_problem){0, "memory", "there is not enough for a check"};
    if (c && c_locale) {
        c->r = (struct reader){.at = page,
                               .end = page + size,
                               .format = format,
                               .why = why,
                               .c_locale = c_locale};
        c->show = show;
        c->ctx = ctx;
        if (setjmp(c->r.refused) == 0) {
            read_page(c);
            valid = true;
        }
        seen_free(&c->names);
        seen_free(&c->family.series);
        seen_free(&c->family.groups);
        free(c->family.group);
        while (c->joined_count > 0)
            free(c->joined[--c->joined_count]);
        free(c->joined);
    }
    if (c_locale)
        freelocale(c_locale);
    free(c);
    return valid;
}

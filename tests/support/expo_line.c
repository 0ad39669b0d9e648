/* SPDX-License-Identifier: MIT
 *
 * expo_line.c - the parts of one line of a page
 */
#include "expo_parts.h"

#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NUMBER_BYTES = 400, EXACT_DIGITS = 15, EXACT_TENS = 22 };

/* ---- spans ---- */

bool span_is(struct expo_span s, const char *text)
{
    return s.n == strlen(text) && memcmp(s.at, text, s.n) == 0;
}

bool span_equal(struct expo_span a, struct expo_span b)
{
    return a.n == b.n && memcmp(a.at, b.at, a.n) == 0;
}

bool span_cut(struct expo_span *s, const char *suffix)
{
    size_t n = strlen(suffix);

    if (s->n <= n || memcmp(s->at + s->n - n, suffix, n) != 0)
        return false;
    s->n -= n;
    return true;
}

/* ---- characters ---- */

bool line_starts(const struct reader *r, const char *text)
{
    size_t n = strlen(text);

    return (size_t)(r->end - r->at) >= n && memcmp(r->at, text, n) == 0;
}

void line_expect(struct reader *r, const char *text, const char *rule)
{
    if (!line_starts(r, text))
        expo_refuse(r, rule, "%.40s expected, %.*s found",
                    *text == '\n' ? "the end of the line" : text,
                    (int)(r->end - r->at > 20 ? 20 : r->end - r->at), r->at);
    r->at += strlen(text);
}

static bool is_blank(const struct reader *r)
{
    return r->at < r->end &&
           (*r->at == ' ' || (*r->at == '\t' && r->format == EXPO_TEXT));
}

void line_spaces(struct reader *r)
{
    while (r->format == EXPO_TEXT && is_blank(r))
        r->at++;
}

void line_space(struct reader *r)
{
    if (!is_blank(r))
        line_expect(r, " ", "space");
    else
        r->at++;
    line_spaces(r);
}

void line_end(struct reader *r)
{
    line_spaces(r);
    if (r->at == r->end)
        expo_refuse(r, "final newline", "the page ends in the line");
    line_expect(r, "\n", "end of line");
}

struct expo_span line_word(struct reader *r)
{
    struct expo_span s = {r->at, 0};

    while (r->at < r->end && *r->at != '\n' && !is_blank(r))
        r->at++;
    s.n = (size_t)(r->at - s.at);
    return s;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static struct expo_span read_name(struct reader *r, bool colons)
{
    struct expo_span s = {r->at, 0};

    while (r->at < r->end && (is_letter(*r->at) || (colons && *r->at == ':') ||
                              (r->at > s.at && *r->at >= '0' && *r->at <= '9')))
        r->at++;
    s.n = (size_t)(r->at - s.at);
    return s;
}

struct expo_span line_metric_name(struct reader *r)
{
    struct expo_span s = read_name(r, true);

    if (s.n == 0)
        expo_refuse(r, "metric name", "%.*s is no metric name",
                    (int)(r->end - r->at > 20 ? 20 : r->end - r->at), r->at);
    return s;
}

/* ---- texts with escapes ---- */

/* One character of UTF-8, as RFC 3629 has it. Returns its length. */
static size_t utf8_length(const unsigned char *p, size_t room)
{
    unsigned char low = 0x80, high = 0xBF;
    size_t n = p[0] < 0x80   ? 1
               : p[0] < 0xC2 ? 0
               : p[0] < 0xE0 ? 2
               : p[0] < 0xF0 ? 3
               : p[0] < 0xF5 ? 4
                             : 0;

    if (n < 2 || n > room)
        return n > room ? 0 : n;
    low = p[0] == 0xE0 ? 0xA0 : p[0] == 0xF0 ? 0x90 : low;
    high = p[0] == 0xED ? 0x9F : p[0] == 0xF4 ? 0x8F : high;
    if (p[1] < low || p[1] > high)
        return 0;
    for (size_t i = 2; i < n; i++)
        if (p[i] < 0x80 || p[i] > 0xBF)
            return 0;
    return n;
}

/* Reads to the unescaped end character; `escapes` may follow a backslash,
 * which is no special character where there are none. */
static struct expo_span read_text(struct reader *r, char end,
                                  const char *escapes, const char *rule)
{
    struct expo_span s = {r->at, 0};

    while (r->at < r->end && *r->at != end) {
        if (*r->at == '\n')
            expo_refuse(r, rule, "the line ends in the text");
        if (*r->at == '\0')
            expo_refuse(r, rule, "a byte 0");
        if (*r->at == '\\' && escapes) {
            if (++r->at == r->end || !strchr(escapes, *r->at) || !*r->at)
                expo_refuse(r, "escape", "a backslash before %.1s",
                            r->at < r->end ? r->at : "the end");
            r->at++;
            continue;
        }
        size_t n = (unsigned char)*r->at < 0x80
                       ? 1
                       : utf8_length((const unsigned char *)r->at,
                                     (size_t)(r->end - r->at));
        if (n == 0)
            expo_refuse(r, "UTF-8", "byte 0x%02x", (unsigned char)*r->at);
        r->at += n;
    }
    if (r->at == r->end)
        expo_refuse(r, end == '\n' ? "final newline" : rule,
                    "the page ends in the text");
    s.n = (size_t)(r->at - s.at);
    return s;
}

struct expo_span line_help(struct reader *r)
{
    return read_text(r, '\n', r->format == EXPO_TEXT ? "\\n" : "\\n\"", "help");
}

struct expo_span line_comment(struct reader *r)
{
    return read_text(r, '\n', NULL, "comment");
}

/* ---- numbers ---- */

/* Up to 15 digits and a power of ten that doubles have exactly: one operation,
 * rounded once (Clinger, "How to read floating point numbers accurately"). */
static bool quick_number(struct expo_span s, double *v)
{
    static const double tens[] = {
        1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
        1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    size_t i = s.n > 0 && s.at[0] == '-', digits = 0, after = 0;
    uint64_t all = 0;
    bool point = false;

    for (; i < s.n; i++) {
        if (s.at[i] == '.' && !point) {
            point = true;
            continue;
        }
        if (s.at[i] < '0' || s.at[i] > '9')
            return false;
        all = all * 10 + (uint64_t)(s.at[i] - '0');
        after += point;
        if (++digits > EXACT_DIGITS)
            return false;
    }
    if (digits == 0 || after > EXACT_TENS)
        return false;
    *v = (double)all / tens[after];
    if (s.at[0] == '-')
        *v = -*v;
    return true;
}

static bool equal_any_case(struct expo_span s, const char *lower)
{
    for (size_t i = 0; i < s.n; i++)
        if ((s.at[i] | 0x20) != lower[i] || !lower[i])
            return false;
    return lower[s.n] == '\0';
}

static bool special_number(struct expo_span s, double *v)
{
    bool sign = s.n > 0 && (s.at[0] == '+' || s.at[0] == '-');
    struct expo_span word = {s.at + sign, s.n - sign};

    if (equal_any_case(word, "nan") && !sign)
        *v = NAN;
    else if (equal_any_case(word, "inf") || equal_any_case(word, "infinity"))
        *v = s.at[0] == '-' ? -INFINITY : INFINITY;
    else
        return false;
    return true;
}

/* Decimal only: no hexadecimal, no underscore. */
static bool looks_decimal(struct expo_span s)
{
    size_t digits = 0, i = s.n > 0 && (s.at[0] == '+' || s.at[0] == '-');

    for (; i < s.n && s.at[i] >= '0' && s.at[i] <= '9'; i++)
        digits++;
    if (i < s.n && s.at[i] == '.')
        i++;
    for (; i < s.n && s.at[i] >= '0' && s.at[i] <= '9'; i++)
        digits++;
    if (digits == 0 || i == s.n || (s.at[i] | 0x20) != 'e')
        return digits > 0 && i == s.n;
    i++;
    if (i < s.n && (s.at[i] == '+' || s.at[i] == '-'))
        i++;
    size_t exponent = i;
    while (i < s.n && s.at[i] >= '0' && s.at[i] <= '9')
        i++;
    return i == s.n && i > exponent;
}

double span_number(struct reader *r, struct expo_span s, const char *rule)
{
    char text[NUMBER_BYTES + 1];
    double v;

    if (quick_number(s, &v) || special_number(s, &v))
        return v;
    if (!looks_decimal(s) || s.n > NUMBER_BYTES)
        expo_refuse(r, rule, "%.*s is no number", SPAN(s));
    memcpy(text, s.at, s.n);
    text[s.n] = '\0';
    return strtod_l(text, NULL, (locale_t)r->c_locale);
}

double line_number(struct reader *r, struct expo_span *text)
{
    *text = line_word(r);
    return span_number(r, *text, "value");
}

/* ---- labels ---- */

static void check_label_name(struct reader *r, const struct expo_label *labels,
                             size_t i)
{
    struct expo_span name = labels[i].name;

    if (name.n == 0)
        expo_refuse(r, "label name", "%.*s is no label name",
                    (int)(r->end - r->at > 20 ? 20 : r->end - r->at), r->at);
    if (name.n > 1 && name.at[0] == '_' && name.at[1] == '_')
        expo_refuse(r, "reserved label", "%.*s", SPAN(name));
    for (size_t k = 0; k < i; k++)
        if (span_equal(labels[k].name, name))
            expo_refuse(r, "duplicate label", "%.*s", SPAN(name));
}

static void read_label(struct reader *r, struct expo_label *labels, size_t i)
{
    labels[i].name = read_name(r, false);
    check_label_name(r, labels, i);
    line_spaces(r);
    line_expect(r, "=", "label");
    line_spaces(r);
    line_expect(r, "\"", "label value");
    labels[i].value = read_text(r, '"', "\\n\"", "label value");
    r->at++;
    line_spaces(r);
}

size_t line_labels(struct reader *r, struct expo_label *labels)
{
    size_t n = 0;

    line_expect(r, "{", "labels");
    line_spaces(r);
    while (!line_starts(r, "}")) {
        if (n == EXPO_LABELS)
            expo_refuse(r, "labels", "more than %d labels", EXPO_LABELS);
        read_label(r, labels, n++);
        if (!line_starts(r, ","))
            break;
        r->at++;
        line_spaces(r);
        if (r->format == EXPO_OPENMETRICS && line_starts(r, "}"))
            expo_refuse(r, "labels", "a comma before }");
    }
    line_expect(r, "}", "labels");
    return n;
}

/* ---- samples ---- */

/* Whole milliseconds in the text format. */
static double read_time(struct reader *r)
{
    struct expo_span s = line_word(r);
    double t = span_number(r, s, "timestamp");

    for (size_t i = 0; i < s.n && r->format == EXPO_TEXT; i++)
        if ((s.at[i] < '0' || s.at[i] > '9') && !(i == 0 && s.at[i] == '-'))
            expo_refuse(r, "timestamp", "%.*s", SPAN(s));
    if (!isfinite(t))
        expo_refuse(r, "timestamp", "%.*s", SPAN(s));
    return t;
}

void line_sample(struct reader *r, struct expo_sample *s)
{
    struct expo_span number;
    const char *start = r->at;

    s->labels = 0;
    line_spaces(r);
    if (line_starts(r, "{")) {
        s->labels = line_labels(r, s->label);
        start = NULL; /* in the text format no space is needed here */
        line_spaces(r);
    }
    if (r->format == EXPO_OPENMETRICS || r->at == start)
        line_space(r);
    s->value = line_number(r, &number);
    s->has_time = false;
    if (is_blank(r)) {
        line_space(r);
        bool exemplar = r->format == EXPO_OPENMETRICS && line_starts(r, "#");
        s->has_time = !exemplar && !line_starts(r, "\n");
        if (s->has_time)
            s->time = read_time(r);
        else if (exemplar)
            r->at--; /* the caller reads it with its space */
        else if (r->format == EXPO_OPENMETRICS)
            expo_refuse(r, "space", "a space at the end of the line");
    }
}

const struct expo_label *sample_label(const struct expo_sample *s,
                                      const char *name)
{
    for (size_t i = 0; i < s->labels; i++)
        if (span_is(s->label[i].name, name))
            return &s->label[i];
    return NULL;
}

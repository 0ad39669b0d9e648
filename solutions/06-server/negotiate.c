/* SPDX-License-Identifier: MIT
 *
 * negotiate.c - what a client would like: Accept and Accept-Encoding
 *
/// SOLUTION
 * Both are lists: entries apart by commas, parameters of an entry apart by
 * semicolons, all with spaces around where somebody liked them. A comma in
 * quotes is none. An entry is taken off the list as a piece of text, and a
 * parameter off the entry, by the same function.
/// STARTER
///  * The handout, README.md, leads through the steps.
/// END
 */
#include "http.h"

/// SOLUTION
#include <string.h>
#include <strings.h>

struct text {
    const char *at;
    size_t n;
};

static struct text trimmed(struct text t)
{
    while (t.n > 0 && (*t.at == ' ' || *t.at == '\t')) {
        t.at++;
        t.n--;
    }
    while (t.n > 0 && (t.at[t.n - 1] == ' ' || t.at[t.n - 1] == '\t'))
        t.n--;
    return t;
}

static bool is(struct text t, const char *word)
{
    return t.n == strlen(word) && strncasecmp(t.at, word, t.n) == 0;
}

/* Takes what stands before the separator off the list. */
static struct text take(struct text *list, char separator)
{
    struct text part = {list->at, 0};
    bool quoted = false;

    while (part.n < list->n) {
        char c = list->at[part.n];
        if (c == separator && !quoted)
            break;
        if (c == '"')
            quoted = !quoted;
        part.n += c == '\\' && quoted && part.n + 1 < list->n ? 2 : 1;
    }
    size_t taken = part.n + (part.n < list->n);
    list->at += taken;
    list->n -= taken;
    return trimmed(part);
}

static struct text unquoted(struct text t)
{
    if (t.n >= 2 && t.at[0] == '"' && t.at[t.n - 1] == '"')
        return (struct text){t.at + 1, t.n - 2};
    return t;
}

/* "0.25" -> 250. At most three digits behind the point, and not above 1; else
 * -1. */
static int read_q(struct text t)
{
    int q, unit = Q_ONE / 10;

    if (t.n == 0 || t.n > 5 || (t.at[0] != '0' && t.at[0] != '1') ||
        (t.n > 1 && t.at[1] != '.'))
        return -1;
    q = (t.at[0] - '0') * Q_ONE;
    for (size_t i = 2; i < t.n; i++, unit /= 10) {
        if (t.at[i] < '0' || t.at[i] > '9')
            return -1;
        q += (t.at[i] - '0') * unit;
    }
    return q <= Q_ONE ? q : -1;
}

/* Reads the parameters of an entry. Without q it is 1, one that cannot be read
 * is -1; *version is left alone when there is none. */
static int read_parameters(struct text list, struct text *version)
{
    int q = Q_ONE;

    while (list.n > 0) {
        struct text value = take(&list, ';');
        struct text name = take(&value, '=');
        if (is(name, "q"))
            q = read_q(trimmed(value));
        else if (is(name, "version"))
            *version = unquoted(trimmed(value));
    }
    return q;
}

/* Whether the media type is one of ours; stores which. */
static bool read_type(struct text type, struct text version,
                      enum met_format *format)
{
    *format = MET_TEXT;
    if (is(type, "application/openmetrics-text")) {
        *format = MET_OPENMETRICS;
        return version.n == 0 || is(version, "1.0.0") || is(version, "0.0.1");
    }
    if (is(type, "text/plain"))
        return version.n == 0 || is(version, "0.0.4");
    return type.n > 2 && memcmp(type.at + type.n - 2, "/*", 2) == 0;
}

/// END
void wish_add(struct wish *w, const char *list, size_t n)
{
    /// SOLUTION
    struct text rest = {list, n};

    while (rest.n > 0) {
        struct text entry = take(&rest, ','), version = {"", 0};
        struct text type = take(&entry, ';');
        int q = read_parameters(entry, &version);
        enum met_format format;
        if (q > w->q && read_type(type, version, &format))
            *w = (struct wish){format, q};
    }
    /// STARTER
    /// (void)w;
    /// (void)list;
    /// (void)n; /* Step 5 */
    /// END
}

void codings_add(struct codings *c, const char *list, size_t n)
{
    /// SOLUTION
    struct text rest = {list, n};

    while (rest.n > 0) {
        struct text entry = take(&rest, ','), version;
        struct text coding = take(&entry, ';');
        int q = read_parameters(entry, &version);
        if (q >= 0 && is(coding, "gzip"))
            c->gzip = q;
        else if (q >= 0 && is(coding, "*"))
            c->any = q;
    }
    /// STARTER
    /// (void)c;
    /// (void)list;
    /// (void)n; /* Step 6 */
    /// END
}

bool codings_take_gzip(const struct codings *c)
{
    /// SOLUTION
    return (c->gzip != Q_NOT_NAMED ? c->gzip : c->any) > 0;
    /// STARTER
    /// (void)c;
    /// return false; /* Step 6 */
    /// END
}

bool list_has(const char *list, size_t n, const char *word)
{
    /// SOLUTION
    struct text rest = {list, n};
    bool has = false;

    while (rest.n > 0)
        has = is(take(&rest, ','), word) || has;
    return has;
    /// STARTER
    /// (void)list;
    /// (void)n;
    /// (void)word;
    /// return false; /* Step 3 */
    /// END
}

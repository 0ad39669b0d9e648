/* SPDX-License-Identifier: MIT
 *
 * csv.c - tables as text: RFC 4180, as spreadsheets and course systems write it
 */
#include "csv.h"

#include "support/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 64 << 20 };

static bool fail(struct csv *c, const char *path, const char *why)
{
    snprintf(c->problem, sizeof c->problem, "%s: %s", path, why);
    csv_free(c);
    return false;
}

static char *slurp(FILE *f, size_t *size)
{
    size_t room = 65536;
    char *text = malloc(room + 1);

    *size = 0;
    while (text && *size < MOST_BYTES) {
        size_t n = fread(text + *size, 1, room - *size, f);
        if (n == 0)
            break;
        *size += n;
        if (*size == room)
            text = realloc(text, (room *= 2) + 1);
    }
    if (text)
        text[*size] = '\0';
    return text;
}

/* text_clean() puts '?' for what is no UTF-8 and no printable character. */
static bool is_clean(const char *text)
{
    char *copy = strdup(text);
    bool clean = true;

    if (!copy)
        return false;
    for (char *p = copy; *p; p++) /* line ends of other systems */
        if (*p == '\r')
            *p = '\n';
    char *same = strdup(copy);
    if (same)
        text_clean(copy);
    clean = same && strcmp(same, copy) == 0;
    free(copy);
    free(same);
    return clean;
}

static char find_separator(const char *text)
{
    size_t count[3] = {0};
    static const char known[] = ",;\t";
    size_t best = 0;

    for (const char *p = text; *p && *p != '\n' && *p != '\r'; p++)
        for (size_t i = 0; i < 3; i++)
            count[i] += *p == known[i];
    for (size_t i = 1; i < 3; i++)
        if (count[i] > count[best])
            best = i;
    return known[best];
}

bool csv_load(struct csv *c, const char *path)
{
    size_t size = 0;

    *c = (struct csv){.next_line = 1};
    FILE *f = fopen(path, "r");
    if (!f)
        return fail(c, path, strerror(errno));
    c->text = slurp(f, &size);
    bool bad = ferror(f);
    fclose(f);
    if (!c->text || bad)
        return fail(c, path, "cannot be read");
    if (size >= MOST_BYTES)
        return fail(c, path, "is larger than 64 MiB");
    if (strlen(c->text) != size)
        return fail(c, path,
                    "has a zero byte: is it a spreadsheet? Save it "
                    "as CSV");
    if (!is_clean(c->text))
        return fail(c, path, "is not UTF-8 text: save it as CSV in UTF-8");
    c->at = c->text;
    if (strncmp(c->at, "\xef\xbb\xbf", 3) == 0)
        c->at += 3;
    c->separator = find_separator(c->at);
    return true;
}

/* One cell, in place. Returns what stood behind it: separator, '\n' or 0. */
static char take_cell(struct csv *c)
{
    char *from = c->at, *to = c->at;
    bool quoted = *from == '"';

    if (c->count < CSV_CELLS)
        c->cell[c->count++] = to;
    from += quoted;
    for (; *from; from++) {
        if (quoted && from[0] == '"' && from[1] == '"')
            *to++ = *from++;
        else if (quoted && from[0] == '"')
            quoted = false;
        else if (!quoted &&
                 (*from == c->separator || *from == '\n' || *from == '\r'))
            break;
        else {
            c->next_line += *from == '\n';
            *to++ = *from;
        }
    }
    if (quoted)
        snprintf(c->problem, sizeof c->problem,
                 "line %d: a quotation mark is not closed", c->line);
    char end = *from == '\r' ? '\n' : *from;
    from += from[0] == '\r' && from[1] == '\n';
    c->at = from + (*from != '\0');
    c->next_line += end == '\n';
    *to = '\0';
    return end;
}

static bool is_blank(const struct csv *c)
{
    for (size_t i = 0; i < c->count; i++)
        if (c->cell[i][strspn(c->cell[i], " \t")])
            return false;
    return true;
}

bool csv_next(struct csv *c)
{
    do {
        if (*c->problem || !*c->at)
            return false;
        c->count = 0;
        c->line = c->next_line;
        while (take_cell(c) == c->separator)
            ;
    } while (is_blank(c));
    return !*c->problem;
}

void csv_free(struct csv *c)
{
    free(c->text);
    c->text = c->at = NULL;
    c->count = 0;
}

void csv_put(FILE *f, bool first, const char *text)
{
    size_t n = strlen(text);
    bool quotes = text[strcspn(text, ",;\"\r\n\t")] ||
                  (n && (text[0] == ' ' || text[n - 1] == ' '));

    if (!first)
        fputc(',', f);
    if (quotes)
        fputc('"', f);
    for (; *text; text++) {
        if (*text == '"')
            fputc('"', f);
        fputc(*text, f);
    }
    if (quotes)
        fputc('"', f);
}

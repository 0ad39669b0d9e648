/* SPDX-License-Identifier: MIT
 *
 * warnings.c - what the compiler warns of, shown to who passes, too
 *
 * Both compilers begin a warning with "FILE:LINE:COLUMN: warning: ". The line
 * itself is taken from the submission, not from what they quote: they do it in
 * different ways, and a quoted line may look like a warning.
 */
#include "warnings.h"

#include "support/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS = 200, QUOTE = 100 };

struct place {
    const struct taken_file *file;
    unsigned long line;
};

static const struct taken_file *file_named(const struct intake *in,
                                           const char *name, size_t n)
{
    for (size_t i = 0; i < in->count; i++) {
        const struct taken_file *f = &in->files[i];
        if (f->bytes && strlen(f->name) == n && strncmp(f->name, name, n) == 0)
            return f;
    }
    return NULL;
}

/* Returns what a line of the compiler's warns of, or NULL. */
static const char *warning_in(const struct intake *in, const char *line,
                              struct place *at)
{
    static const char mark[] = " warning: ";
    const char *colon = line + strcspn(line, ":\n");
    char *end;

    if (*colon != ':')
        return NULL;
    at->file = file_named(in, line, (size_t)(colon - line));
    at->line = strtoul(colon + 1, &end, 10);
    if (!at->file || end == colon + 1 || *end != ':')
        return NULL;
    const char *after = end + 1 + strspn(end + 1, "0123456789:");
    bool warns = strncmp(after, mark, sizeof mark - 1) == 0;
    return warns ? after + sizeof mark - 1 : NULL;
}

/* The line of the file without its indentation; its length is in *n, and 0
 * where there is none. A "#line" can name any. */
static const char *line_of(const struct place *at, size_t *n)
{
    const char *p = at->file->bytes, *end = p + at->file->size;

    for (unsigned long i = 1; p && i < at->line; i++) {
        p = memchr(p, '\n', (size_t)(end - p));
        p = p ? p + 1 : NULL;
    }
    *n = 0;
    if (!p)
        return "";
    while (p < end && (*p == ' ' || *p == '\t'))
        p++;
    while (p + *n < end && p[*n] != '\n')
        ++*n;
    while (*n > 0 && strchr(" \t\r", p[*n - 1]))
        --*n;
    return p;
}

static const char *cut(size_t n, size_t most)
{
    return n > most ? " ..." : "";
}

static void compose(char *text, size_t size, const struct place *at,
                    const char *what)
{
    size_t n = strcspn(what, "\n"), length;
    const char *line = line_of(at, &length);

    snprintf(text, size, "%.80s:%lu: %.*s%s%s%.*s%s", at->file->name, at->line,
             (int)(n < WORDS ? n : WORDS), what, cut(n, WORDS),
             length ? "\n" : "", (int)(length < QUOTE ? length : QUOTE), line,
             cut(length, QUOTE));
    text_clean(text);
}

static bool is_known(const json_t *first, const char *text)
{
    size_t i;
    json_t *t;

    json_array_foreach(first, i, t)
    {
        if (strcmp(json_string_value(t), text) == 0)
            return true;
    }
    return false;
}

static void add(struct warnings *w, const struct place *at, const char *what)
{
    char text[WORDS + QUOTE + 160];

    compose(text, sizeof text, at, what);
    if (is_known(w->first, text))
        return; /* of a header that two files include */
    if (json_array_size(w->first) == WARNINGS) {
        w->more++;
        return;
    }
    if (!w->first)
        w->first = json_array();
    json_array_append_new(w->first, json_string(text));
}

void warnings_add(struct warnings *w, const struct intake *in, const char *said)
{
    struct place at;

    while (*said) {
        const char *what = warning_in(in, said, &at);
        if (what)
            add(w, &at, what);
        said += strcspn(said, "\n");
        said += *said != '\0';
    }
}

void warnings_note(const struct warnings *w, json_t *lab)
{
    if (!w->first)
        return;
    json_object_set(lab, "warnings", w->first);
    if (w->more)
        json_object_set_new(lab, "warnings_more",
                            json_integer((json_int_t)w->more));
}

void warnings_free(struct warnings *w)
{
    json_decref(w->first);
}

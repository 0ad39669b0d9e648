/* SPDX-License-Identifier: MIT
 *
 * source.c - the text gate
 *
 * The C library's headers give functions other names with asm("name") after a
 * declarator. A label of that kind is one name and nothing else, and what it
 * names meets the object gate. So asm is allowed with a string of letters,
 * digits and underscores only, and without operands; there is no telling a
 * statement asm("nop") from a label, and no need: one bare instruction meets
 * the object gate, too.
 */
#include "source.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_NAME = 100 };

struct reader {
    const char *at;
    char file[FILE_NAME];
    long line;
    char *said;
    size_t size;
    bool allowed;
    bool exempt;   /* from the rule on inline assembly */
    int unwatched; /* findings of that kind; the first is told */
    bool assembly; /* there is some, or what is unwatched */
};

static void refuse(struct reader *r, const char *what, int n, const char *word)
{
    size_t used = strlen(r->said);
    const char *slash = strrchr(r->file, '/');

    r->allowed = false;
    snprintf(r->said + used, r->size - used, "%s `%.*s`, %s:%ld\n", what, n,
             word, slash ? slash + 1 : r->file, r->line);
}

/* # 12 "file" ...: where the next line came from. */
static void read_marker(struct reader *r)
{
    char *end;
    long line = strtol(r->at + 1, &end, 10);
    const char *quote = end > r->at + 2 ? strchr(end, '"') : NULL;
    const char *eol = r->at + strcspn(r->at, "\n");

    if (quote && quote < eol) {
        snprintf(r->file, sizeof r->file, "%.*s", (int)strcspn(quote + 1, "\""),
                 quote + 1);
        r->line = line - 1; /* the end of this line counts */
        r->at = eol;
    } else {
        r->at++; /* a #pragma: its words are looked at */
    }
}

static void skip_quoted(struct reader *r)
{
    char quote = *r->at++;

    while (*r->at && *r->at != quote && *r->at != '\n')
        r->at += r->at[0] == '\\' && r->at[1] ? 2 : 1;
    r->at += *r->at == quote;
}

static const char *skip_space(const char *p)
{
    return p + strspn(p, " \t\n");
}

/* After the word asm: ("name") and nothing more? */
static bool is_label(const char *p)
{
    p = skip_space(p);
    if (*p != '(')
        return false;
    for (p = skip_space(p + 1); *p == '"'; p = skip_space(p + 1)) {
        for (p++; isalnum((unsigned char)*p) || *p == '_'; p++)
            ;
        if (*p != '"')
            return false;
    }
    return *p == ')';
}

static bool is_word(const char *p, int n, const char *word)
{
    return (int)strlen(word) == n && strncmp(p, word, (size_t)n) == 0;
}

static bool contains(const char *p, int n, const char *part)
{
    size_t m = strlen(part);

    for (int i = 0; i + (int)m <= n; i++)
        if (strncmp(p + i, part, m) == 0)
            return true;
    return false;
}

/* A number behind the word and its parenthesis, as in vector_size(32); 0 when
 * it is none. */
static long argument(const char *p)
{
    p = skip_space(p);
    p = skip_space(p + strspn(p, "_"));
    return *p == '(' ? strtol(p + 1, NULL, 0) : 0;
}

/* Waits of a processor: they use no memory. */
static bool is_wait(const char *p, int n)
{
    return is_word(p, n, "__builtin_ia32_pause") ||
           is_word(p, n, "__builtin_ia32_mfence") ||
           is_word(p, n, "__builtin_ia32_lfence") ||
           is_word(p, n, "__builtin_ia32_sfence");
}

/* Memory that is used through these is not instrumented: by clang none of
 * another address space or of an unusual width, and by neither compiler what
 * is one instruction of this processor. */
static bool is_unwatched(const char *p, int n)
{
    static const char *const parts[] = {"address_space", "__seg_fs",
                                        "__seg_gs",      "_BitInt",
                                        "_ExtInt",       "ext_vector_type"};

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (contains(p, n, parts[i]))
            return true;
    if (contains(p, n, "vector_size"))
        return argument(p + n) <= 0 || argument(p + n) > 16;
    return contains(p, n, "__builtin_ia32_") && !is_wait(p, n);
}

static void check_word(struct reader *r, const char *p, int n)
{
    static const char *const silence[] = {"no_sanitize", "no_address_safety",
                                          "disable_sanitizer"};

    for (size_t i = 0; i < sizeof silence / sizeof *silence; i++)
        if (contains(p, n, silence[i]))
            refuse(r, "it silences a sanitizer:", n, p);
    r->assembly |= is_unwatched(p, n);
    if (!r->exempt && is_unwatched(p, n) && !r->unwatched++)
        refuse(r,
               "neither ThreadSanitizer nor the explorer can watch memory "
               "that is used through",
               n, p);
    if ((is_word(p, n, "asm") || is_word(p, n, "__asm") ||
         is_word(p, n, "__asm__")) &&
        !is_label(p + n)) {
        r->assembly = true;
        if (!r->exempt)
            refuse(r, "it contains inline assembly:", n, p);
    }
}

static void read_word(struct reader *r)
{
    const char *start = r->at;

    while (isalnum((unsigned char)*r->at) || *r->at == '_' || *r->at == '$' ||
           *r->at == '\\')
        r->at++;
    check_word(r, start, (int)(r->at - start));
}

static void read_token(struct reader *r, bool first)
{
    unsigned char c = (unsigned char)*r->at;

    if (c == '#' && first)
        read_marker(r);
    else if (c == '"' || c == '\'')
        skip_quoted(r);
    else if (isalnum(c) || c == '_')
        read_word(r);
    else
        r->at++;
}

static void read_text(struct reader *r)
{
    bool first = true; /* on its line */

    while (*r->at) {
        r->line += *r->at == '\n';
        if (*r->at == '\n' || *r->at == ' ' || *r->at == '\t') {
            first = first || *r->at == '\n';
            r->at++;
            continue;
        }
        read_token(r, first);
        first = false;
    }
}

static bool is_exempt(const struct lab *lab, const char *file)
{
    for (size_t i = 0; i < lab->exempt_count; i++)
        if (strcmp(lab->exempt[i], file) == 0)
            return true;
    return false;
}

static struct reader read_file(const struct taken_file *f, bool exempt,
                               char *said, size_t size)
{
    struct reader r = {.line = 1,
                       .said = said,
                       .size = size,
                       .allowed = true,
                       .exempt = exempt};
    char *text = malloc(f->size + 1);

    if (!text) {
        snprintf(said, size, "its preprocessed text cannot be read\n");
        r.allowed = false;
        return r;
    }
    for (size_t i = 0; i < f->size; i++) /* what lies behind a 0 is text, too */
        text[i] = f->bytes[i] ? f->bytes[i] : ' ';
    text[f->size] = '\0';
    snprintf(r.file, sizeof r.file, "%s", f->name);
    r.at = text;
    read_text(&r);
    free(text);
    return r;
}

bool source_allowed(const struct intake *texts, const struct lab *lab,
                    char *said, size_t size)
{
    bool allowed = true;

    for (size_t i = 0; i < texts->count; i++)
        allowed = read_file(&texts->files[i],
                            is_exempt(lab, texts->files[i].name), said, size)
                      .allowed &&
                  allowed;
    return allowed;
}

bool source_has_assembly(const struct intake *texts, const char *name)
{
    char said[256];

    *said = '\0';
    for (size_t i = 0; i < texts->count; i++)
        if (strcmp(texts->files[i].name, name) == 0)
            return read_file(&texts->files[i], true, said, sizeof said)
                .assembly;
    return false;
}

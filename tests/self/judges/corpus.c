/* SPDX-License-Identifier: MIT
 *
 * corpus.c - find the specimens and read their heads
 */
#include "corpus.h"

#include <glob.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATH = 4096 };

static int errors;

static void complain(const char *name, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void complain(const char *name, const char *format, ...)
{
    va_list list;

    fprintf(stderr, "%s: ", name);
    va_start(list, format);
    vfprintf(stderr, format, list);
    va_end(list);
    fprintf(stderr, "\n");
    errors++;
}

const char *kind_folder(enum kind k)
{
    static const char *const names[] = {"mutants", "alternatives", "attacks"};

    return names[k];
}

/* All of it, as a string; *length counts zero bytes in it, too. */
static char *read_all(FILE *f, size_t *length)
{
    size_t room = 1 << 16, n = 0;
    char *text = f ? malloc(room) : NULL;

    for (size_t got = 1; text && got > 0; n += got) {
        if (room - n < 2)
            text = realloc(text, room *= 2);
        got = text ? fread(text + n, 1, room - n - 1, f) : 0;
    }
    if (text)
        text[n] = '\0';
    *length = n;
    return text;
}

/* ---- heads ---- */

static void append(char *value, size_t size, const char *text, int n)
{
    size_t old = strlen(value);

    snprintf(value + old, size - old, "%s%.*s", old ? " " : "", n, text);
}

static bool ends_in(const struct specimen *s, const char *end)
{
    const char *dot = strrchr(s->name, '.');

    return dot && strcmp(dot, end) == 0;
}

static bool is_c(const struct specimen *s)
{
    return ends_in(s, ".c");
}

/* Where the head ends: with the comment, in a patch or a script with the first
 * line that is none. */
static const char *end_of_head(const struct specimen *s)
{
    const char *p = s->text;

    if (is_c(s))
        return strstr(p, "*/");
    while (*p == '#')
        p += strcspn(p, "\n"), p += *p == '\n';
    return p;
}

/* The value of a word, "" when the head has none. */
static void find_word(const struct specimen *s, const char *word, char *value,
                      size_t size)
{
    const char *p = s->text, *end = end_of_head(s);
    const char *const begins = is_c(s) ? " * " : "# ";
    size_t b = strlen(begins), w = strlen(word);
    bool inside = false;

    *value = '\0';
    for (; p && end && p < end; p = strchr(p, '\n'), p += p != NULL) {
        int n = (int)strcspn(p, "\n");
        bool ours = strncmp(p, begins, b) == 0;
        if (ours && strncmp(p + b, word, w) == 0 && p[b + w] == ':') {
            const char *rest = p + b + w + 1;
            rest += strspn(rest, " ");
            append(value, size, rest, n - (int)(rest - p));
            inside = true;
        } else if (inside && ours && strncmp(p + b, "  ", 2) == 0) {
            int indent = (int)(b + strspn(p + b, " "));
            append(value, size, p + indent, n - indent);
        } else {
            inside = false;
        }
    }
}

static void read_head(struct specimen *s)
{
    char lab[64];

    find_word(s, "file", s->file, sizeof s->file);
    find_word(s, "loses", s->loses, sizeof s->loses);
    find_word(s, "perhaps", s->perhaps, sizeof s->perhaps);
    find_word(s, "sentence", s->sentence, sizeof s->sentence);
    find_word(s, "named", s->named, sizeof s->named);
    find_word(s, "harmless", s->harmless, sizeof s->harmless);
    find_word(s, "lab", lab, sizeof lab);
    if (s->kind == ATTACK)
        snprintf(s->lab, sizeof s->lab, "%s", lab);
}

static void check_head(const struct specimen *s, const char *root)
{
    char path[PATH];

    snprintf(path, sizeof path, "%s/solutions/%s/%s", root, s->lab, s->file);
    if (!*s->file || access(path, R_OK) != 0)
        complain(s->name, "no line \"file:\" with a file of lab %s", s->lab);
    if (s->kind == MUTANT && (!*s->sentence || (!*s->loses && !s->waits)))
        complain(s->name, "a mutant needs \"loses:\" and \"sentence:\"");
    if (s->kind == ATTACK && !*s->named == !*s->harmless)
        complain(s->name, "an attack needs \"named:\" or \"harmless:\"");
    if (s->kind == ATTACK && is_c(s) && !strstr(s->text, "#ifndef NO_ATTACK"))
        complain(s->name, "nothing of it is inside #ifndef NO_ATTACK");
}

/* ---- what an attack is without its attack ---- */

static void preprocess(struct specimen *s, const char *path, const char *root)
{
    char command[3 * PATH];

    snprintf(command, sizeof command,
             "gcc -E -P -std=c11 -D_GNU_SOURCE -DNO_ATTACK -I'%s/labs/include' "
             "'%s'",
             root, path);
    FILE *f = popen(command, "r");
    size_t n;
    s->base = read_all(f, &n);
    if (!f || pclose(f) != 0 || !s->base)
        complain(s->name, "it cannot be preprocessed with NO_ATTACK");
}

/* ---- what a patch makes of the solution ---- */

bool corpus_apply(struct specimen *s, const char *root)
{
    char command[3 * PATH];

    if (s->is_applied || !ends_in(s, ".patch"))
        return true;
    snprintf(command, sizeof command,
             "'%s/tests/self/judges/specimen.sh' '%s/tests/%s/%s'", root, root,
             kind_folder(s->kind), s->name);
    FILE *f = popen(command, "r");
    size_t n;
    char *text = read_all(f, &n);
    if (!f || pclose(f) != 0 || !text) {
        free(text);
        return false;
    }
    free(s->text);
    s->text = text;
    s->size = n;
    s->is_applied = true;
    return true;
}

/* ---- what a script prints ---- */

static char *print(const struct specimen *s, const char *before,
                   const char *path, size_t *size)
{
    char command[2 * PATH];

    snprintf(command, sizeof command, "%s sh '%s'", before, path);
    FILE *f = popen(command, "r");
    char *text = read_all(f, size);
    if (!f || pclose(f) != 0 || !text)
        complain(s->name, "the script fails");
    return text;
}

static void run_script(struct specimen *s, const char *path)
{
    char *script = s->text;
    size_t n;

    if (!strstr(script, "NO_ATTACK"))
        complain(s->name, "it does not ask for NO_ATTACK");
    s->text = print(s, "unset NO_ATTACK;", path, &s->size);
    s->base = print(s, "NO_ATTACK=1", path, &n);
    s->is_script = true;
    free(script);
}

/* ---- files ---- */

static void add(struct corpus *c, enum kind kind, const char *path,
                const char *root)
{
    if (c->n == SPECIMENS) {
        complain(path, "there are more than %d specimens", SPECIMENS);
        return;
    }
    struct specimen *s = &c->of[c->n++];
    FILE *f = fopen(path, "r");
    const char *name =
        path + strlen(root) + strlen("/tests//") + strlen(kind_folder(kind));

    *s = (struct specimen){.kind = kind, .base_trial = -1};
    s->text = read_all(f, &s->size);
    snprintf(s->name, sizeof s->name, "%s", name);
    if (kind != ATTACK)
        snprintf(s->lab, sizeof s->lab, "%.*s", (int)strcspn(name, "/"), name);
    if (f)
        fclose(f);
    if (!s->text) {
        complain(s->name, "it cannot be read");
        c->n--;
        return;
    }
    read_head(s);
    if (kind == ATTACK && is_c(s))
        preprocess(s, path, root);
    else if (kind == ATTACK)
        run_script(s, path);
}

static void add_all(struct corpus *c, enum kind kind, const char *root)
{
    char pattern[PATH];
    glob_t found;

    snprintf(pattern, sizeof pattern, "%s/tests/%s/%s", root, kind_folder(kind),
             kind == ATTACK ? "*.{c,sh}" : "*/*.{c,patch}");
    if (glob(pattern, GLOB_BRACE, NULL, &found) != 0) {
        complain(pattern, "there is none");
        return;
    }
    for (size_t i = 0; i < found.gl_pathc; i++)
        add(c, kind, found.gl_pathv[i], root);
    globfree(&found);
}

static struct specimen *find(struct corpus *c, const char *name)
{
    for (size_t i = 0; i < c->n; i++)
        if (c->of[i].kind == MUTANT && strcmp(c->of[i].name, name) == 0)
            return &c->of[i];
    return NULL;
}

/* One mutant a line, with its reason after #. */
static void read_waiting(struct corpus *c, const char *root)
{
    char path[PATH], line[1024];

    snprintf(path, sizeof path, "%s/tests/mutants/needs-explorer", root);
    FILE *f = fopen(path, "r");
    if (!f)
        complain(path, "it cannot be read");
    while (f && fgets(line, sizeof line, f)) {
        char *reason = strchr(line, '#');
        line[strcspn(line, " \t#\n")] = '\0';
        if (!*line)
            continue;
        struct specimen *s = find(c, line);
        if (!s || s->waits || !reason) {
            complain(path, "%s: %s", line,
                     !s         ? "there is no such mutant"
                     : s->waits ? "it is listed twice"
                                : "it has no reason after #");
            continue;
        }
        s->waits = true;
        c->waiting++;
    }
    if (f)
        fclose(f);
}

int corpus_read(struct corpus *c, const char *root)
{
    errors = 0;
    c->n = c->waiting = 0;
    for (enum kind k = MUTANT; k < KINDS; k++)
        add_all(c, k, root);
    read_waiting(c, root);
    for (size_t i = 0; i < c->n; i++)
        check_head(&c->of[i], root);
    return errors;
}

/* SPDX-License-Identifier: MIT
 *
 * similar.c - which submissions are alike, by sim_c(1)
 *
 * sim_c sees files with numbers for names, so that no name of a student is
 * read as anything else.
 */
#include "similar.h"

#include "folder.h"

#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { NAMES = 20000, STARTER_LINES = 20000 };

static struct {
    char folder[64];
    char *names[NAMES]; /* of the files 0.c, 1.c, ...: new, then old ones */
    size_t count;
    char *lines[STARTER_LINES]; /* of the starter, sorted, without spaces */
    size_t line_count;
} s;

/* ---- the starter's text ---- */

/* A line without the spaces around it; NULL at the end of the text. */
static char *next_line(const char **at)
{
    const char *p = *at;

    if (*p == '\0')
        return NULL;
    size_t n = strcspn(p, "\n");
    *at = p + n + (p[n] == '\n');
    size_t skip = strspn(p, " \t\r");
    skip = skip > n ? n : skip;
    p += skip;
    n -= skip;
    while (n && strchr(" \t\r", p[n - 1]))
        n--;
    return strndup(p, n);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void read_starter(const struct course *c, const struct lab *lab)
{
    char path[4096];

    for (size_t i = 0; i < lab->file_count; i++) {
        size_t size;
        course_path(c, path, "labs/%s/%s", lab->name, lab->files[i]);
        char *text = folder_read(path, &size);
        const char *at = text ? text : "";
        for (char *l; s.line_count < STARTER_LINES && (l = next_line(&at));)
            s.lines[s.line_count++] = l;
        free(text);
    }
    qsort(s.lines, s.line_count, sizeof *s.lines, by_text);
}

static void write_own(FILE *f, const char *text)
{
    for (char *l; (l = next_line(&text)); free(l))
        if (!bsearch(&l, s.lines, s.line_count, sizeof *s.lines, by_text))
            fprintf(f, "%s\n", l);
}

/* ---- the files ---- */

static FILE *new_file(const char *name)
{
    char path[128];

    if (s.count == NAMES)
        return NULL;
    snprintf(path, sizeof path, "%s/%zu.c", s.folder, s.count);
    s.names[s.count++] = strdup(name);
    return fopen(path, "w");
}

static void write_new(struct gradebook *g, const char *lab)
{
    char last[256] = "";
    FILE *f = NULL;
    sqlite3_stmt *q = gradebook_ask(
        g,
        "SELECT s.id, f.bytes FROM student s JOIN current c ON c.student = "
        "s.id AND c.lab = ? JOIN grading g ON g.seq = c.grading JOIN file f ON "
        "f.submission = g.submission AND f.path LIKE c.lab || '/%' ORDER BY "
        "s.place, f.path",
        "s", lab);

    while (q && sqlite3_step(q) == SQLITE_ROW) {
        if (!f || strcmp(last, gradebook_text(q, 0)) != 0) {
            if (f)
                fclose(f);
            f = new_file(gradebook_text(q, 0));
            snprintf(last, sizeof last, "%s", gradebook_text(q, 0));
        }
        if (f)
            write_own(f, gradebook_text(q, 1));
    }
    if (f)
        fclose(f);
    sqlite3_finalize(q);
}

static int write_old(const char *path, const struct stat *st, int kind,
                     struct FTW *at)
{
    size_t n = strlen(path), size;

    (void)st;
    (void)at;
    if (kind != FTW_F || n < 2 || strcmp(path + n - 2, ".c") != 0)
        return 0;
    char *text = folder_read(path, &size);
    FILE *f = text ? new_file(path) : NULL;
    if (f) {
        write_own(f, text);
        fclose(f);
    }
    free(text);
    return 0;
}

static bool write_list(size_t fresh)
{
    char path[128];

    snprintf(path, sizeof path, "%s/list", s.folder);
    FILE *f = fopen(path, "w");
    for (size_t i = 0; f && i < s.count; i++)
        fprintf(f, "%s%zu.c\n", i == fresh ? "/\n" : "", i);
    return f && fclose(f) == 0;
}

/* ---- the answer ---- */

static int most_first(const void *a, const void *b)
{
    const struct similar_pair *x = a, *y = b;

    if (x->percent != y->percent)
        return y->percent - x->percent;
    int d = strcmp(x->one, y->one);
    return d ? d : strcmp(x->other, y->other);
}

static const char *run(struct similar_pair **pairs, size_t *count)
{
    char command[256], line[512];
    size_t one, other;
    int percent;

    snprintf(command, sizeof command,
             "cd %s && sim_c -T -p -e -t 30 -i <list 2>/dev/null", s.folder);
    FILE *f = popen(command, "r");
    while (f && fgets(line, sizeof line, f)) {
        if (sscanf(line, "%zu.c consists for %d %% of %zu.c material", &one,
                   &percent, &other) != 3 ||
            one >= s.count || other >= s.count)
            continue;
        *pairs = realloc(*pairs, (*count + 1) * sizeof **pairs);
        if (!*pairs)
            break;
        struct similar_pair *p = &(*pairs)[(*count)++];
        snprintf(p->one, sizeof p->one, "%s", s.names[one]);
        snprintf(p->other, sizeof p->other, "%s", s.names[other]);
        p->percent = percent;
    }
    int status = f ? pclose(f) : -1;
    if (*count)
        qsort(*pairs, *count, sizeof **pairs, most_first);
    return status == 0 ? NULL
                       : "sim_c did not work: apt-get install "
                         "similarity-tester";
}

const char *similar_find(struct similar_pair **pairs, size_t *count,
                         struct gradebook *g, const struct course *c,
                         const char *lab, const char *former)
{
    const struct lab *l = course_find(c, lab);
    const char *problem = NULL;

    *pairs = NULL;
    *count = 0;
    s.count = s.line_count = 0;
    strcpy(s.folder, "/tmp/abacus-similar-XXXXXX");
    if (!l || !mkdtemp(s.folder))
        return "there is no temporary folder";
    read_starter(c, l);
    write_new(g, lab);
    size_t fresh = s.count;
    if (former)
        nftw(former, write_old, 16, FTW_PHYS);
    if (fresh && s.count > 1)
        problem = write_list(fresh) ? run(pairs, count)
                                    : "the temporary folder is full";
    folder_remove(s.folder);
    for (size_t i = 0; i < s.count; i++)
        free(s.names[i]);
    for (size_t i = 0; i < s.line_count; i++)
        free(s.lines[i]);
    return problem;
}

void similar_free(struct similar_pair *pairs, size_t count)
{
    (void)count;
    free(pairs);
}

/* SPDX-License-Identifier: MIT
 *
 * course.c - where things are, and what the manifests say of the labs
 *
 * A line of a manifest is a word and its values; # begins a comment line. A
 * word may come again: its values are added.
 */
#include "course.h"

#include <glob.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char problem[4400];

static const char *bad_line(const char *path, int line, const char *what)
{
    snprintf(problem, sizeof problem, "%s:%d: %s", path, line, what);
    return problem;
}

void course_path(const struct course *c, char path[4096], const char *format,
                 ...)
{
    va_list list;
    int n = snprintf(path, 4096, "%s/", c->root);

    va_start(list, format);
    n += vsnprintf(path + n, n < 4096 ? 4096 - (size_t)n : 0, format, list);
    va_end(list);
    if (n >= 4096) {
        fprintf(stderr, "grade: a path is too long\n");
        exit(3);
    }
}

static bool find_root(struct course *c)
{
    ssize_t n = readlink("/proc/self/exe", c->root, sizeof c->root - 1);

    if (n <= 0)
        return false;
    c->root[n] = '\0';
    for (int up = 0; up < 3; up++) { /* build/bin/grade */
        char *slash = strrchr(c->root, '/');
        if (!slash)
            return false;
        *slash = '\0';
    }
    return true;
}

static bool add_words(char *list[], size_t *n, size_t most, char *words)
{
    char *rest = words;

    for (char *w; (w = strtok_r(rest, " \t", &rest));) {
        if (*n == most)
            return false;
        list[(*n)++] = strdup(w);
    }
    return true;
}

/* "01-counter/counter.c": linked beside a counter.c of the lab's own. */
static const char *add_beside(struct lab *l, char *values)
{
    if (l->besides < l->need_count)
        return "beside comes before needs";
    if (!add_words(l->needs, &l->need_count, LAB_LINKS, values))
        return "too many files beside the lab's own";
    for (; l->besides < l->need_count; l->besides++) {
        const char *slash = strchr(l->needs[l->besides], '/');
        snprintf(l->beside_names[l->besides], sizeof l->beside_names[0],
                 "beside-%s", slash ? slash + 1 : "");
    }
    return NULL;
}

static const char *take_line(struct lab *l, char *word, char *values)
{
    if (strcmp(word, "title") == 0)
        snprintf(l->title, sizeof l->title, "%s", values);
    else if (strcmp(word, "network") == 0) {
        if (strcmp(values, "loopback") != 0)
            return "network is loopback, or is left out";
        l->network = true;
    } else if (strcmp(word, "memory") == 0)
        l->memory_points = atoi(values);
    else if (strcmp(word, "races") == 0)
        l->race_points = atoi(values);
    else if (strcmp(word, "schedules") == 0)
        l->schedule_points = atoi(values);
    else if (strcmp(word, "files") == 0)
        return add_words(l->files, &l->file_count, LAB_FILES, values)
                   ? NULL
                   : "too many files";
    else if (strcmp(word, "suites") == 0)
        return add_words(l->suites, &l->suite_count, LAB_LINKS, values)
                   ? NULL
                   : "too many suites of earlier labs";
    else if (strcmp(word, "beside") == 0) {
        return add_beside(l, values);
    } else if (strcmp(word, "needs") == 0)
        return add_words(l->needs, &l->need_count, LAB_FILES, values)
                   ? NULL
                   : "too many files of earlier labs";
    else if (strcmp(word, "imports") == 0)
        return add_words(l->imports, &l->import_count, LAB_IMPORTS, values)
                   ? NULL
                   : "too many imports";
    else if (strcmp(word, "links") == 0)
        return add_words(l->links, &l->link_count, LAB_LINKS, values)
                   ? NULL
                   : "too many libraries";
    else if (strcmp(word, "exempt") == 0)
        return add_words(l->exempt, &l->exempt_count, LAB_FILES, values)
                   ? NULL
                   : "too many exempt files";
    else
        return "unknown word";
    return NULL;
}

static bool exempt_are_files(const struct lab *l)
{
    for (size_t i = 0; i < l->exempt_count; i++) {
        bool known = false;
        for (size_t k = 0; k < l->file_count; k++)
            known = known || strcmp(l->exempt[i], l->files[k]) == 0;
        if (!known)
            return false;
    }
    return true;
}

static bool needs_are_paths(const struct lab *l)
{
    for (size_t i = 0; i < l->need_count; i++)
        if (!strchr(l->needs[i], '/'))
            return false;
    return l->file_count + l->need_count <= LAB_FILES;
}

static const char *read_manifest(struct lab *l, const char *path)
{
    char line[1024];
    FILE *f = fopen(path, "r");
    const char *wrong = f ? NULL : "cannot be read";
    int number = 0;

    while (f && !wrong && fgets(line, sizeof line, f)) {
        number++;
        line[strcspn(line, "\n")] = '\0';
        char *values = line + strcspn(line, " \t");
        if (!*line || *line == '#')
            continue;
        if (*values)
            *values++ = '\0';
        wrong = take_line(l, line, values + strspn(values, " \t"));
    }
    if (f)
        fclose(f);
    if (!wrong && l->file_count == 0)
        wrong = "names no files";
    if (!wrong && !exempt_are_files(l))
        wrong = "exempts a file that is not one of the lab's";
    if (!wrong && !needs_are_paths(l))
        wrong = "needs files as LAB/FILE, and not too many of them";
    return wrong ? bad_line(path, number, wrong) : NULL;
}

/* ".../tests/suites/01-counter/manifest" -> "01-counter" */
static void name_lab(struct lab *l, const char *path)
{
    const char *end = strrchr(path, '/'), *start = end;

    while (start > path && start[-1] != '/')
        start--;
    snprintf(l->name, sizeof l->name, "%.*s", (int)(end - start), start);
}

const char *course_read(struct course *c)
{
    char pattern[4096];
    glob_t found;

    *c = (struct course){0};
    if (!find_root(c))
        return "the program does not know where it is";
    course_path(c, pattern, "tests/suites/*/manifest");
    if (glob(pattern, 0, NULL, &found) != 0)
        return "no lab found: no tests/suites/*/manifest below the root";
    const char *wrong = NULL;
    for (size_t i = 0; i < found.gl_pathc && i < COURSE_LABS && !wrong; i++) {
        struct lab *l = &c->labs[c->lab_count++];
        name_lab(l, found.gl_pathv[i]);
        wrong = read_manifest(l, found.gl_pathv[i]);
    }
    globfree(&found);
    return wrong;
}

const char *lab_source(const struct lab *l, size_t i)
{
    if (i < l->file_count)
        return l->files[i];
    i -= l->file_count;
    return i < l->need_count ? strchr(l->needs[i], '/') + 1 : NULL;
}

static bool is_called(const struct lab *l, const char *name)
{
    const char *dash = strchr(l->name, '-');
    size_t digits = strspn(name, "0123456789");

    if (strcmp(l->name, name) == 0 || (dash && strcmp(dash + 1, name) == 0))
        return true;
    return digits > 0 && name[digits] == '\0' && atoi(name) == atoi(l->name);
}

const struct lab *course_find(const struct course *c, const char *name)
{
    for (size_t i = 0; i < c->lab_count; i++)
        if (is_called(&c->labs[i], name))
            return &c->labs[i];
    return NULL;
}

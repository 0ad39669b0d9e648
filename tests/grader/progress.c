/* SPDX-License-Identifier: MIT
 *
 * progress.c - grade progress: the labs with their points, and what is next
 */
#include "progress.h"

#include "failing.h"
#include "record.h"
#include "report.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { PATH = 4200 };

static const char *text_of(const json_t *o, const char *key)
{
    const char *s = json_string_value(json_object_get(o, key));

    return s ? s : "";
}

bool progress_keep(const json_t *result, const char *folder)
{
    char path[PATH];
    size_t i;
    json_t *lab;
    bool fine = true;

    if (mkdir(folder, 0777) != 0 && errno != EEXIST) {
        fprintf(stderr, "grade: %s cannot be made: %s\n", folder,
                strerror(errno));
        return false;
    }
    json_array_foreach(json_object_get(result, "labs"), i, lab)
    {
        json_t *one = json_copy((json_t *)result);
        json_object_set_new(one, "labs", json_pack("[O]", lab));
        snprintf(path, sizeof path, "%s/%s.json", folder, text_of(lab, "lab"));
        fine = record_write(one, path) && fine;
        json_decref(one);
    }
    return fine;
}

/* The lab's object of its kept result, or NULL; and when it was kept. */
static json_t *kept(const char *folder, const struct lab *lab,
                    struct timespec *when)
{
    char path[PATH];
    struct stat st;

    snprintf(path, sizeof path, "%s/%s.json", folder, lab->name);
    if (stat(path, &st) != 0)
        return NULL;
    *when = st.st_mtim;
    json_t *result = record_read(path);
    json_t *one = json_array_get(json_object_get(result, "labs"), 0);
    json_incref(one);
    json_decref(result);
    return one;
}

static bool is_later(struct timespec a, struct timespec b)
{
    return a.tv_sec != b.tv_sec ? a.tv_sec > b.tv_sec : a.tv_nsec > b.tv_nsec;
}

static bool has_changed(const struct lab *lab, const char *path,
                        struct timespec when)
{
    char file[PATH];
    struct stat st;

    for (size_t i = 0; i < lab->file_count; i++) {
        snprintf(file, sizeof file, "%s/%s/%s", path, lab->name, lab->files[i]);
        if (stat(file, &st) == 0 && is_later(st.st_mtim, when))
            return true;
    }
    return false;
}

static bool is_done(const json_t *lab)
{
    return lab && json_integer_value(json_object_get(lab, "score")) ==
                      json_integer_value(json_object_get(lab, "max_score"));
}

static void print_row(const struct lab *lab, const json_t *of, bool changed)
{
    long score = (long)json_integer_value(json_object_get(of, "score"));
    long most = (long)json_integer_value(json_object_get(of, "max_score"));
    char points[48] = "not graded yet";

    if (of)
        snprintf(points, sizeof points, "%ld of %ld (%ld %%)", score, most,
                 most ? 100 * score / most : 0);
    printf("  %-18s %-20s%s%s\n", lab->name, points, is_done(of) ? " done" : "",
           !changed      ? ""
           : is_done(of) ? ", but changed after that"
                         : " changed after that");
}

static void print_test(const json_t *t)
{
    char text[2048];

    snprintf(text, sizeof text, "its test %s: %s", text_of(t, "name"),
             text_of(t, "sentence"));
    printf("        ");
    report_paragraph(text, 8);
}

static void print_next(const struct lab *lab, const json_t *of)
{
    const json_t *t = failing_first(json_object_get(of, "tests"), NULL);
    const char *n = failing_number(lab);

    if (is_done(of)) { /* it was, before its files changed */
        printf("\n  Next: grade lab %s again, its files have changed:\n"
               "        make grade LAB=%s\n",
               lab->name, n);
        return;
    }
    printf("\n  Next: lab %s, %s\n", lab->name, lab->title);
    if (*text_of(of, "problem"))
        printf("        It does not compile, or may not run.\n");
    else if (t)
        print_test(t);
    printf("        read  labs/%s/README.md\n", lab->name);
    printf("        then  make watch LAB=%s\n", n);
}

bool progress_print(const struct course *c, const char *folder,
                    const char *path)
{
    const struct lab *next = NULL;
    json_t *of_next = NULL;

    printf("\n  %-18s %s\n", "lab", "points of its last grading");
    for (size_t i = 0; i < c->lab_count; i++) {
        const struct lab *lab = &c->labs[i];
        struct timespec when;
        json_t *of = kept(folder, lab, &when);
        bool changed = of && has_changed(lab, path, when);
        print_row(lab, of, changed);
        if (!next && (changed || !is_done(of))) {
            next = lab;
            of_next = json_incref(of);
        }
        json_decref(of);
    }
    if (next)
        print_next(next, of_next);
    else
        printf("\n  All labs are done.\n");
    json_decref(of_next);
    return true;
}

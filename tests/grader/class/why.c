/* SPDX-License-Identifier: MIT
 *
 * why.c - grade why: how a mark came about, for an appeal
 */
#include "class.h"

#include "gradebook.h"
#include "grader/report.h"
#include "marks.h"

#include <stdlib.h>
#include <string.h>

enum { DONE = 0, USAGE = 2, CANNOT = 3 };

static int late_percent(struct gradebook *g)
{
    sqlite3_stmt *s = gradebook_ask(
        g, "SELECT value FROM setting WHERE name = 'late_percent'", "");
    int n = s && sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int(s, 0) : 10;

    sqlite3_finalize(s);
    return n;
}

/* All gradings of a student and lab, the first one first. */
static void say_history(struct gradebook *g, const struct mark *m)
{
    sqlite3_stmt *s = gradebook_ask(
        g,
        "SELECT g.seq, g.at, g.status, g.score, g.max_score, g.submission, "
        "g.tests, g.compiler, coalesce((SELECT why FROM change h WHERE h.after "
        "= g.seq ORDER BY h.seq DESC LIMIT 1), 'first grading') FROM grading g "
        "WHERE student = ? AND lab = ? ORDER BY g.seq",
        "ss", m->student, m->lab);

    printf("\n  gradings, all of them kept (UTC):\n");
    while (s && sqlite3_step(s) == SQLITE_ROW)
        printf("  %c %s  %-8s %3d of %3d  %s\n      files %.23s tests %.23s "
               "%s\n",
               sqlite3_column_int(s, 0) == m->grading ? '*' : ' ',
               gradebook_text(s, 1), gradebook_text(s, 2),
               sqlite3_column_int(s, 3), sqlite3_column_int(s, 4),
               gradebook_text(s, 8), gradebook_text(s, 5), gradebook_text(s, 6),
               gradebook_text(s, 7));
    sqlite3_finalize(s);
}

static void say_result(struct gradebook *g, const struct mark *m)
{
    sqlite3_stmt *s = gradebook_ask(
        g, "SELECT result FROM grading WHERE seq = ?", "i", m->grading);

    if (s && sqlite3_step(s) == SQLITE_ROW) {
        json_t *lab = json_loads(gradebook_text(s, 0), 0, NULL);
        if (lab)
            report_lab(lab);
        json_decref(lab);
    }
    sqlite3_finalize(s);
}

static void say_mark(struct gradebook *g, const struct mark *m, int percent)
{
    char mark[32];

    marks_text(mark, m->hundredths);
    printf("\n  %s, lab %s: mark %s\n\n", m->student, m->lab, mark);
    printf("  taken      %s%s%s\n", *m->source ? m->source : "nothing",
           *m->note ? "; " : "", m->note);
    printf("  status     %s%s%s\n", m->status, *m->reason ? ": " : "",
           m->reason);
    printf("  score      %d of %d\n", m->score, m->max_score);
    if (m->days_late > 0)
        printf("  late       %d days, of them %d free and %d at %d %% of the "
               "score each\n",
               m->days_late, m->free, m->charged, percent);
    say_history(g, m);
    say_result(g, m);
}

static int show(struct gradebook *g, const struct course *c,
                const char *student, const char *lab)
{
    struct marks m;
    int percent = late_percent(g), shown = 0;

    if (!marks_read(&m, g, percent)) {
        fprintf(stderr, "grade: %s\n", g->problem);
        return CANNOT;
    }
    const struct lab *only = lab ? course_find(c, lab) : NULL;
    for (size_t i = 0; i < m.count; i++) {
        const struct mark *one = &m.items[i];
        if (strcmp(one->student, student) != 0 ||
            (lab && (!only || strcmp(only->name, one->lab) != 0)))
            continue;
        say_mark(g, one, percent);
        shown++;
    }
    marks_free(&m);
    if (shown)
        return DONE;
    fprintf(stderr, "grade: the gradebook has no mark of %s%s%s\n", student,
            lab ? " in lab " : "", lab ? lab : "");
    return CANNOT;
}

int class_why(int argc, char **argv, const struct course *c)
{
    struct gradebook g;

    if (argc != 3 && !(argc == 5 && strcmp(argv[3], "--lab") == 0)) {
        fputs("usage: grade why DIR STUDENT [--lab LAB]\n"
              "Says how a mark came about; DIR is --out of grade class.\n",
              stderr);
        return USAGE;
    }
    if (!gradebook_open(&g, argv[1], false)) {
        fprintf(stderr, "grade: %s\n", g.problem);
        return CANNOT;
    }
    int status = show(&g, c, argv[2], argc == 5 ? argv[4] : NULL);
    gradebook_close(&g);
    return status;
}

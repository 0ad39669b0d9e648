/* SPDX-License-Identifier: MIT
 *
 * marks.c - from gradings to marks, and the tables that a teacher takes away
 */
#include "marks.h"

#include "csv.h"
#include "folder.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* ---- marks ---- */

static void settle(struct mark *m, int percent, int *left)
{
    int late = m->days_late > 0 ? m->days_late : 0;

    m->free = late < *left ? late : *left;
    *left -= m->free;
    m->charged = late - m->free;
    long rest = 100L - (long)percent * m->charged;
    m->hundredths = rest > 0 ? (int)(m->score * rest) : 0;
}

static void note_lab(struct marks *m, const char *lab)
{
    for (size_t i = 0; i < m->lab_count; i++)
        if (strcmp(m->labs[i], lab) == 0)
            return;
    if (m->lab_count == COURSE_LABS)
        return;
    size_t at = m->lab_count++;
    for (; at > 0 && strcmp(m->labs[at - 1], lab) > 0; at--)
        memcpy(m->labs[at], m->labs[at - 1], sizeof m->labs[at]);
    snprintf(m->labs[at], sizeof m->labs[at], "%s", lab);
}

static void read_row(struct mark *m, sqlite3_stmt *s)
{
    *m = (struct mark){.score = sqlite3_column_int(s, 3),
                       .max_score = sqlite3_column_int(s, 4),
                       .days_late = sqlite3_column_int(s, 5),
                       .grading = sqlite3_column_int(s, 7),
                       .reason = strdup(gradebook_text(s, 8)),
                       .note = strdup(gradebook_text(s, 9)),
                       .source = strdup(gradebook_text(s, 10))};
    snprintf(m->student, sizeof m->student, "%s", gradebook_text(s, 0));
    snprintf(m->lab, sizeof m->lab, "%s", gradebook_text(s, 1));
    snprintf(m->status, sizeof m->status, "%s", gradebook_text(s, 2));
}

bool marks_read(struct marks *m, struct gradebook *g, int percent)
{
    size_t room = 0;
    int left = 0, code;

    *m = (struct marks){0};
    sqlite3_stmt *s = gradebook_ask(
        g,
        "SELECT s.id, c.lab, g.status, g.score, g.max_score, c.days_late, "
        "s.late_days, g.seq, g.reason, c.note, c.source FROM student s JOIN "
        "current c ON c.student = s.id JOIN grading g ON g.seq = c.grading "
        "ORDER BY s.place, c.lab",
        "");
    while (s && (code = sqlite3_step(s)) == SQLITE_ROW) {
        if (m->count == room) {
            room = room ? 2 * room : 64;
            m->items = realloc(m->items, room * sizeof *m->items);
            if (!m->items)
                break;
        }
        struct mark *one = &m->items[m->count++];
        read_row(one, s);
        if (m->count < 2 || strcmp(one[-1].student, one->student) != 0)
            left = sqlite3_column_int(s, 6);
        settle(one, percent, &left);
        note_lab(m, one->lab);
    }
    sqlite3_finalize(s);
    return s && code == SQLITE_DONE;
}

const struct mark *marks_find(const struct marks *m, const char *student,
                              const char *lab)
{
    for (size_t i = 0; i < m->count; i++)
        if (strcmp(m->items[i].student, student) == 0 &&
            strcmp(m->items[i].lab, lab) == 0)
            return &m->items[i];
    return NULL;
}

void marks_text(char text[32], int hundredths)
{
    snprintf(text, 32, "%d.%02d", hundredths / 100, hundredths % 100);
    size_t n = strlen(text);
    while (text[n - 1] == '0')
        text[--n] = '\0';
    if (text[n - 1] == '.')
        text[n - 1] = '\0';
}

void marks_free(struct marks *m)
{
    for (size_t i = 0; i < m->count; i++) {
        free(m->items[i].reason);
        free(m->items[i].note);
        free(m->items[i].source);
    }
    free(m->items);
    *m = (struct marks){0};
}

/* ---- tables ---- */

struct table {
    struct folder_file w;
    const struct marks *m;
    struct gradebook *g;
    const char *lab; /* of a table of one lab */
};

static void put_number(FILE *f, int n)
{
    char text[24];

    snprintf(text, sizeof text, "%d", n);
    csv_put(f, false, text);
}

static void put_mark(FILE *f, const struct mark *m)
{
    char text[32] = "";

    if (m)
        marks_text(text, m->hundredths);
    csv_put(f, false, text);
}

/* All rows of a question as they are. */
static bool put_rows(const struct table *t, const char *sql)
{
    int code = SQLITE_ERROR;
    sqlite3_stmt *s = gradebook_ask(t->g, sql, "");

    while (s && (code = sqlite3_step(s)) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(s); i++)
            csv_put(t->w.f, i == 0, gradebook_text(s, i));
        fputs("\r\n", t->w.f);
    }
    sqlite3_finalize(s);
    return code == SQLITE_DONE;
}

/* Calls back for each student: id, name, email, login, sis_id, section,
 * canvas_id, moodle_id. */
static bool each_student(const struct table *t,
                         void (*put)(const struct table *, sqlite3_stmt *))
{
    int code = SQLITE_ERROR;
    sqlite3_stmt *s = gradebook_ask(
        t->g,
        "SELECT id, name, email, login, sis_id, section, canvas_id, moodle_id "
        "FROM student ORDER BY place",
        "");

    while (s && (code = sqlite3_step(s)) == SQLITE_ROW) {
        put(t, s);
        fputs("\r\n", t->w.f);
    }
    sqlite3_finalize(s);
    return code == SQLITE_DONE;
}

static void put_student(const struct table *t, sqlite3_stmt *s)
{
    FILE *f = t->w.f;
    char text[32];
    int sum = 0;

    csv_put(f, true, gradebook_text(s, 0));
    csv_put(f, false, gradebook_text(s, 1));
    for (size_t i = 0; i < t->m->lab_count; i++) {
        const struct mark *m =
            marks_find(t->m, gradebook_text(s, 0), t->m->labs[i]);
        put_mark(f, m);
        sum += m ? m->hundredths : 0;
    }
    marks_text(text, sum);
    csv_put(f, false, text);
}

static bool gradebook_table(const struct table *t)
{
    fputs("id,name", t->w.f);
    for (size_t i = 0; i < t->m->lab_count; i++)
        csv_put(t->w.f, false, t->m->labs[i]);
    fputs(",total\r\n", t->w.f);
    return each_student(t, put_student);
}

static bool labs_table(const struct table *t)
{
    FILE *f = t->w.f;

    fputs("id,lab,status,score,max_score,days_late,days_free,days_charged,mark,"
          "reason,taken,note\r\n",
          f);
    for (size_t i = 0; i < t->m->count; i++) {
        const struct mark *m = &t->m->items[i];
        csv_put(f, true, m->student);
        csv_put(f, false, m->lab);
        csv_put(f, false, m->status);
        put_number(f, m->score);
        put_number(f, m->max_score);
        if (m->days_late < 0)
            csv_put(f, false, "");
        else
            put_number(f, m->days_late);
        put_number(f, m->free);
        put_number(f, m->charged);
        put_mark(f, m);
        csv_put(f, false, m->reason);
        csv_put(f, false, m->source);
        csv_put(f, false, m->note);
        fputs("\r\n", f);
    }
    return true;
}

static bool tests_table(const struct table *t)
{
    fputs("id,lab,test,suite,status,score,max_score\r\n", t->w.f);
    return put_rows(
        t, "SELECT s.id, c.lab, v.test, v.suite, v.status, v.score, "
           "v.max_score FROM student s JOIN current c ON c.student = s.id JOIN "
           "verdict v ON v.grading = c.grading ORDER BY s.place, c.lab, "
           "v.place");
}

static bool changes_table(const struct table *t)
{
    fputs("id,lab,score_before,score_after,status_before,status_after,why,"
          "tests_that_changed\r\n",
          t->w.f);
    return put_rows(
        t, "SELECT s.id, h.lab, b.score, a.score, b.status, a.status, h.why, "
           "(SELECT group_concat(test, ' ') FROM (SELECT x.test FROM verdict "
           "x LEFT JOIN verdict y ON y.grading = h.after AND y.test = x.test "
           "WHERE x.grading = h.before AND x.status IS NOT y.status ORDER BY "
           "x.place)) FROM student s JOIN change h ON h.student = s.id JOIN "
           "grading b ON b.seq = h.before JOIN grading a ON a.seq = h.after "
           "ORDER BY s.place, h.lab, h.seq");
}

/* As gradebook_importer.rb of Canvas reads it: the student by ID, else by SIS
 * ids, else by name; then a line with the points that can be had. */
static void put_canvas(const struct table *t, sqlite3_stmt *s)
{
    FILE *f = t->w.f;

    csv_put(f, true, gradebook_text(s, 1));
    csv_put(f, false, gradebook_text(s, 6));
    csv_put(f, false, gradebook_text(s, 4));
    csv_put(f, false, gradebook_text(s, 3));
    csv_put(f, false, gradebook_text(s, 5));
    for (size_t i = 0; i < t->m->lab_count; i++)
        put_mark(f, marks_find(t->m, gradebook_text(s, 0), t->m->labs[i]));
}

static bool canvas_table(const struct table *t)
{
    FILE *f = t->w.f;

    fputs("Student,ID,SIS User ID,SIS Login ID,Section", f);
    for (size_t i = 0; i < t->m->lab_count; i++)
        csv_put(f, false, t->m->labs[i]);
    fputs("\r\n    Points Possible,,,,", f);
    for (size_t i = 0; i < t->m->lab_count; i++) {
        int most = 0;
        for (size_t k = 0; k < t->m->count; k++)
            if (strcmp(t->m->items[k].lab, t->m->labs[i]) == 0 &&
                t->m->items[k].max_score > most)
                most = t->m->items[k].max_score;
        put_number(f, most);
    }
    fputs("\r\n", f);
    return each_student(t, put_canvas);
}

/* As importgradeslib.php of Moodle's offline worksheet reads it: it finds the
 * row by the participant, and needs the last column but one. */
static void put_moodle(const struct table *t, sqlite3_stmt *s)
{
    FILE *f = t->w.f;
    char who[300] = "";
    const struct mark *m = marks_find(t->m, gradebook_text(s, 0), t->lab);

    if (*gradebook_text(s, 7))
        snprintf(who, sizeof who, "Participant %s", gradebook_text(s, 7));
    csv_put(f, true, who);
    csv_put(f, false, gradebook_text(s, 1));
    csv_put(f, false, gradebook_text(s, 0));
    csv_put(f, false, gradebook_text(s, 2));
    csv_put(f, false, m ? m->status : "");
    put_mark(f, m);
    put_number(f, m ? m->max_score : 0);
    csv_put(f, false, "-");
    csv_put(f, false, m ? m->reason : "");
}

static bool moodle_table(const struct table *t)
{
    fputs("Identifier,Full name,ID number,Email address,Status,Grade,Maximum "
          "Grade,Last modified (grade),Feedback comments\r\n",
          t->w.f);
    return each_student(t, put_moodle);
}

static bool write_table(struct table *t, const char *folder, const char *name,
                        bool (*put)(const struct table *))
{
    FILE *f = folder_write(&t->w, "%s/%s.csv", folder, name);
    bool fine = f && put(t);

    if (f && !fine) {
        fclose(f);
        remove(t->w.temporary);
        return false;
    }
    fine = fine && folder_finish(&t->w);
    if (!fine)
        snprintf(t->g->problem, sizeof t->g->problem,
                 "%.3000s/%s.csv cannot be written: %s. The gradebook has all "
                 "marks: give the same command again",
                 folder, name, strerror(errno));
    return fine;
}

bool marks_export(const struct marks *m, struct gradebook *g,
                  const char *folder)
{
    struct table t = {.m = m, .g = g};
    char name[80];
    bool fine = write_table(&t, folder, "gradebook", gradebook_table) &&
                write_table(&t, folder, "labs", labs_table) &&
                write_table(&t, folder, "tests", tests_table) &&
                write_table(&t, folder, "changes", changes_table) &&
                write_table(&t, folder, "canvas", canvas_table);

    for (size_t i = 0; fine && i < m->lab_count; i++) {
        t.lab = m->labs[i];
        snprintf(name, sizeof name, "moodle-%s", t.lab);
        fine = write_table(&t, folder, name, moodle_table);
    }
    return fine;
}

/* SPDX-License-Identifier: MIT
 *
 * roster.c - who is in the class
 */
#include "roster.h"

#include "csv.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { MOST_STUDENTS = 100000, NO_COLUMN = -1 };

enum column {
    ID,
    NAME,
    EMAIL,
    LOGIN,
    SIS_ID,
    SECTION,
    CANVAS_ID,
    MOODLE_ID,
    LATE_DAYS,
    DAYS_LATE,
    SUBMITTED,
    COLUMNS
};

/* What each column may be called; the first one found counts. In Canvas's file
 * "ID" is Canvas's own number, which is an id as good as another. */
static const char *const known[COLUMNS][6] = {
    [ID] = {"id", "sid", "student id", "sis user id", "identifier"},
    [NAME] = {"name", "full name", "student", "student name"},
    [EMAIL] = {"email", "email address", "e-mail"},
    [LOGIN] = {"login", "username", "sis login id"},
    [SIS_ID] = {"sis_id", "sis user id", "id number"},
    [SECTION] = {"section"},
    [CANVAS_ID] = {"canvas_id", "canvas id"},
    [MOODLE_ID] = {"moodle_id", "identifier"},
    [LATE_DAYS] = {"late_days"},
    [DAYS_LATE] = {"days_late"},
    [SUBMITTED] = {"submitted"},
};

struct headings {
    int of[COLUMNS];
    int days_late[COURSE_LABS], submitted[COURSE_LABS];
    bool canvas; /* this is Canvas's own file */
};

static bool fail(struct roster *r, const char *path, int line, const char *why,
                 const char *what)
{
    snprintf(r->problem, sizeof r->problem, "%.2000s:%d: %.1000s%.200s", path,
             line, why, what);
    return false;
}

/* ---- times ---- */

/* The zone behind a time, in seconds east of UTC. */
static bool zone_of(const char *p, long *east)
{
    int hours, minutes, end = 0;

    p += strspn(p, " ");
    *east = 0;
    if (*p == '\0' || strcmp(p, "Z") == 0 || strcmp(p, "UTC") == 0)
        return true;
    if ((*p != '+' && *p != '-') ||
        (sscanf(p + 1, "%2d:%2d%n", &hours, &minutes, &end) != 2 &&
         sscanf(p + 1, "%2d%2d%n", &hours, &minutes, &end) != 2))
        return false;
    *east = (*p == '-' ? -1L : 1L) * (hours * 3600L + minutes * 60L);
    return p[1 + end] == '\0';
}

bool roster_time(const char *text, time_t *t)
{
    struct tm tm = {0};
    int end = 0;
    long east;
    char between;

    if (sscanf(text, "%4d-%2d-%2d%c%2d:%2d%n", &tm.tm_year, &tm.tm_mon,
               &tm.tm_mday, &between, &tm.tm_hour, &tm.tm_min, &end) != 6 ||
        (between != 'T' && between != ' '))
        return false;
    const char *p = text + end;
    if (*p == ':' && sscanf(p, ":%2d%n", &tm.tm_sec, &end) == 1)
        p += end;
    if (*p == '.')
        p += 1 + strspn(p + 1, "0123456789");
    if (tm.tm_mon < 1 || tm.tm_mon > 12 || tm.tm_mday < 1 || tm.tm_mday > 31 ||
        tm.tm_hour > 23 || tm.tm_min > 59 || tm.tm_sec > 60 ||
        !zone_of(p, &east))
        return false;
    tm.tm_year -= 1900;
    tm.tm_mon--;
    *t = timegm(&tm) - east;
    return true;
}

/* ---- headings ---- */

static int find_heading(const struct csv *c, const char *name)
{
    for (size_t i = 0; i < c->count; i++) {
        const char *h = c->cell[i] + strspn(c->cell[i], " ");
        size_t n = strlen(h);
        while (n && h[n - 1] == ' ')
            n--;
        if (n == strlen(name) && strncasecmp(h, name, n) == 0)
            return (int)i;
    }
    return NO_COLUMN;
}

static void find_of_lab(const struct csv *c, const struct course *course,
                        const char *prefix, int column[COURSE_LABS])
{
    char name[80];

    for (size_t i = 0; i < course->lab_count; i++) {
        const char *lab = course->labs[i].name;
        snprintf(name, sizeof name, "%s_%.*s", prefix, (int)strcspn(lab, "-"),
                 lab);
        column[i] = find_heading(c, name);
    }
}

static bool read_headings(struct roster *r, struct csv *c, const char *path,
                          const struct course *course, struct headings *h)
{
    if (!csv_next(c))
        return fail(r, path, 1, *c->problem ? c->problem : "it is empty", "");
    for (int k = 0; k < COLUMNS; k++) {
        h->of[k] = NO_COLUMN;
        for (int i = 0; i < 6 && known[k][i] && h->of[k] == NO_COLUMN; i++)
            h->of[k] = find_heading(c, known[k][i]);
    }
    find_of_lab(c, course, "days_late", h->days_late);
    find_of_lab(c, course, "submitted", h->submitted);
    h->canvas = find_heading(c, "SIS Login ID") != NO_COLUMN &&
                find_heading(c, "Student") != NO_COLUMN;
    if (h->of[ID] == NO_COLUMN)
        return fail(r, path, c->line, "the headings have no column ", "id");
    if (h->of[NAME] == NO_COLUMN)
        return fail(r, path, c->line, "the headings have no column ", "name");
    return true;
}

/* ---- rows ---- */

/* A copy of a cell without spaces around it; "" when there is none. */
static char *cell_of(const struct csv *c, int column)
{
    if (column == NO_COLUMN || (size_t)column >= c->count)
        return strdup("");
    const char *from = c->cell[column];
    while (isspace((unsigned char)*from))
        from++;
    size_t n = strlen(from);
    while (n && isspace((unsigned char)from[n - 1]))
        n--;
    return strndup(from, n);
}

static bool read_days(const char *text, int *days)
{
    char *end;
    long n = strtol(text, &end, 10);

    if (*text == '\0')
        return true;
    if (*end || n < 0 || n > 10000)
        return false;
    *days = (int)n;
    return true;
}

static bool days_cell(const struct csv *c, int column, int *days)
{
    char *text = cell_of(c, column);
    bool fine = text && read_days(text, days);

    free(text);
    return fine;
}

static bool time_cell(const struct csv *c, int column, time_t *t)
{
    char *text = cell_of(c, column);
    bool fine = text && (*text == '\0' || roster_time(text, t));

    free(text);
    return fine;
}

static bool read_lateness(struct roster *r, const struct csv *c,
                          const char *path, const struct course *course,
                          const struct headings *h, struct student *s)
{
    if (!days_cell(c, h->of[LATE_DAYS], &s->late_days))
        return fail(r, path, c->line, "late_days is no number of days", "");
    for (size_t i = 0; i < course->lab_count; i++) {
        s->days_late[i] = ROSTER_NOT_SAID;
        s->submitted[i] = ROSTER_NOT_SAID;
        if (!days_cell(c, h->of[DAYS_LATE], &s->days_late[i]) ||
            !days_cell(c, h->days_late[i], &s->days_late[i]))
            return fail(r, path, c->line, "days_late is no number of days", "");
        if (!time_cell(c, h->of[SUBMITTED], &s->submitted[i]) ||
            !time_cell(c, h->submitted[i], &s->submitted[i]))
            return fail(r, path, c->line,
                        "submitted is no time such as 2026-10-01T23:59Z", "");
    }
    return true;
}

/* Moodle writes "Participant 123". */
static void keep_number(char *text)
{
    char *digits = text + strcspn(text, "0123456789");

    if (strncmp(text, "Participant", 11) == 0)
        memmove(text, digits, strlen(digits) + 1);
}

static bool read_student(struct roster *r, const struct csv *c,
                         const char *path, const struct course *course,
                         const struct headings *h)
{
    struct student *s = &r->students[r->count++];

    *s = (struct student){
        .id = cell_of(c, h->of[ID]),
        .name = cell_of(c, h->of[NAME]),
        .email = cell_of(c, h->of[EMAIL]),
        .login = cell_of(c, h->of[LOGIN]),
        .sis_id = cell_of(c, h->of[SIS_ID]),
        .section = cell_of(c, h->of[SECTION]),
        .canvas_id = cell_of(c, h->canvas && h->of[CANVAS_ID] == NO_COLUMN
                                    ? h->of[ID]
                                    : h->of[CANVAS_ID]),
        .moodle_id = cell_of(c, h->of[MOODLE_ID])};
    if (!s->id || !s->name || !s->email || !s->login || !s->sis_id ||
        !s->section || !s->canvas_id || !s->moodle_id)
        return fail(r, path, c->line, "out of memory", "");
    keep_number(s->moodle_id);
    if (*s->id == '\0')
        return fail(r, path, c->line, "a student without an id: ", s->name);
    return read_lateness(r, c, path, course, h, s);
}

static int by_id(const void *a, const void *b)
{
    return strcmp((*(struct student *const *)a)->id,
                  (*(struct student *const *)b)->id);
}

static bool check_ids(struct roster *r, const char *path)
{
    struct student **order = calloc(r->count + 1, sizeof *order);
    bool fine = order != NULL;

    for (size_t i = 0; fine && i < r->count; i++)
        order[i] = &r->students[i];
    if (fine)
        qsort(order, r->count, sizeof *order, by_id);
    for (size_t i = 1; fine && i < r->count; i++)
        if (strcmp(order[i - 1]->id, order[i]->id) == 0) {
            fine = false;
            snprintf(r->problem, sizeof r->problem,
                     "%.3000s: two students have the id %.200s", path,
                     order[i]->id);
        }
    free(order);
    return fine;
}

/* Canvas's second line holds the points of the assignments. */
static bool is_student(const struct csv *c, const struct headings *h)
{
    return !(h->canvas && strstr(c->cell[0], "Points Possible"));
}

static bool read_all(struct roster *r, struct csv *c, const char *path,
                     const struct course *course)
{
    struct headings h;
    size_t room = 64;

    if (!read_headings(r, c, path, course, &h))
        return false;
    r->students = calloc(room, sizeof *r->students);
    while (r->students && csv_next(c)) {
        if (!is_student(c, &h))
            continue;
        if (r->count == MOST_STUDENTS)
            return fail(r, path, c->line, "more than 100000 students", "");
        if (r->count == room) {
            room *= 2;
            r->students = realloc(r->students, room * sizeof *r->students);
            if (!r->students)
                break;
        }
        if (!read_student(r, c, path, course, &h))
            return false;
    }
    if (!r->students)
        return fail(r, path, c->line, "out of memory", "");
    if (*c->problem)
        return fail(r, path, c->line, c->problem, "");
    if (r->count == 0)
        return fail(r, path, c->line, "there are no students", "");
    return check_ids(r, path);
}

bool roster_read(struct roster *r, const struct course *c, const char *path)
{
    struct csv csv;

    *r = (struct roster){0};
    if (!csv_load(&csv, path)) {
        snprintf(r->problem, sizeof r->problem, "%s", csv.problem);
        return false;
    }
    bool fine = read_all(r, &csv, path, c);
    csv_free(&csv);
    return fine;
}

void roster_free(struct roster *r)
{
    for (size_t i = 0; r->students && i < r->count; i++) {
        struct student *s = &r->students[i];
        free(s->id);
        free(s->name);
        free(s->email);
        free(s->login);
        free(s->sis_id);
        free(s->section);
        free(s->canvas_id);
        free(s->moodle_id);
    }
    free(r->students);
    *r = (struct roster){0};
}

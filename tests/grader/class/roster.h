/* SPDX-License-Identifier: MIT
 *
 * roster.h - who is in the class
 *
 * A CSV file with a line of headings. Needed: `id` and `name`. Known as well,
 * in any order and any case:
 *
 *     email, login, sis_id, section   as the course system has them
 *     canvas_id, moodle_id            the numbers in the names of its archives
 *     late_days                       days late that cost nothing, in all
 *     days_late, days_late_NN         how late the student was, of lab NN
 *     submitted, submitted_NN         when, instead of the system's own time
 *
 * The columns of Canvas's exported gradebook (Student, ID, SIS User ID, SIS
 * Login ID, Section), of Moodle's worksheet (Identifier, Full name, Email
 * address) and of Gradescope's roster (Name, SID, Email) are understood, too.
 * Other columns are passed over.
 */
#ifndef CLASS_ROSTER_H
#define CLASS_ROSTER_H

#include "grader/course.h"

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

enum { ROSTER_NOT_SAID = -1 };

struct student {
    char *id, *name;
    char *email, *login, *sis_id, *section, *canvas_id, *moodle_id; /* or "" */
    int late_days;
    int days_late[COURSE_LABS];    /* or ROSTER_NOT_SAID */
    time_t submitted[COURSE_LABS]; /* or ROSTER_NOT_SAID */
};

struct roster {
    struct student *students; /* as in the file */
    size_t count;
    char problem[4400];
};

/* Returns false with the problem, which names the line. */
bool roster_read(struct roster *r, const struct course *c, const char *path);

void roster_free(struct roster *r);

/* "2026-10-01T23:59:00+02:00", also with a space, without seconds or with
 * fractions of them; without a zone it is UTC. False: it is no such time. */
bool roster_time(const char *text, time_t *t);

#endif

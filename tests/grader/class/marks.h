/* SPDX-License-Identifier: MIT
 *
 * marks.h - from gradings to marks, and the tables that a teacher takes away
 *
 * A mark is the score less `percent` of it for each day late that is charged,
 * and never less than 0. A student's free late days are used up by the labs in
 * their order. Marks have two decimals and are exact.
 */
#ifndef CLASS_MARKS_H
#define CLASS_MARKS_H

#include "gradebook.h"

struct mark {
    char student[256], lab[64];
    char status[16];
    int score, max_score;
    int days_late, free, charged; /* days: late, of them free, of them not */
    int hundredths;               /* of the mark */
    int grading;                  /* its row */
    char *reason, *note, *source;
};

struct marks {
    struct mark *items; /* by the roster, then by lab */
    size_t count;
    char labs[COURSE_LABS][64];
    size_t lab_count;
};

/* All current marks of the roster. False with the gradebook's problem. */
bool marks_read(struct marks *m, struct gradebook *g, int percent);

/* The mark of a student in a lab, or NULL. */
const struct mark *marks_find(const struct marks *m, const char *student,
                              const char *lab);

/* "12.5": a mark as text. */
void marks_text(char text[32], int hundredths);

/* DIR/gradebook.csv, labs.csv, tests.csv, changes.csv, canvas.csv and
 * moodle-NN-name.csv. False with the gradebook's problem. */
bool marks_export(const struct marks *m, struct gradebook *g,
                  const char *folder);

void marks_free(struct marks *m);

#endif

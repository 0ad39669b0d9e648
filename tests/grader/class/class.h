/* SPDX-License-Identifier: MIT
 *
 * class.h - the teacher's verbs of `grade`
 */
#ifndef CLASS_CLASS_H
#define CLASS_CLASS_H

#include "grader/course.h"

/* Does the verb argv[0], or returns -1 when it is none of them. main.c knows
 * it by this name alone, as a weak symbol: a student's build has none. */
int class_verb(int argc, char **argv, const struct course *c);

int class_grade(int argc, char **argv, const struct course *c);
int class_why(int argc, char **argv, const struct course *c);
int class_export(int argc, char **argv, const struct course *c);
int class_doctor(int argc, char **argv, const struct course *c);

/* Pages for students and teacher; class_grade() calls it at its end. */
struct gradebook;
struct marks;
bool class_pages(struct gradebook *g, const struct marks *m,
                 const struct course *c, const char *folder, const char *hidden,
                 const char *former);

#endif

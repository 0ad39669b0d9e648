/* SPDX-License-Identifier: MIT
 *
 * progress.h - grade progress: the labs with their points, and what is next
 *
 * A grading of one lab overwrites the result of another, so each lab's own
 * newest result is kept, too: FOLDER/NN-name.json, in the same format.
 */
#ifndef GRADER_PROGRESS_H
#define GRADER_PROGRESS_H

#include "course.h"

#include <jansson.h>

/* Keeps the labs of a result, which were graded whole. On failure says why on
 * standard error. */
bool progress_keep(const json_t *result, const char *folder);

/* Prints what is kept in `folder`. `path` holds the labs' files: a lab that
 * has changed since it was graded is marked. */
bool progress_print(const struct course *c, const char *folder,
                    const char *path);

#endif

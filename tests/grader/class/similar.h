/* SPDX-License-Identifier: MIT
 *
 * similar.h - which submissions are alike, by sim_c(1)
 *
 * Compared are the files of a lab of all students, and those of former years,
 * without the lines that the starter has.
 */
#ifndef CLASS_SIMILAR_H
#define CLASS_SIMILAR_H

#include "gradebook.h"

struct similar_pair {
    char one[256], other[256]; /* a student's id; or a path of a former year */
    int percent;               /* so much of `one` is in `other` */
};

/* The pairs with 30 % and more, the most alike first; the caller frees them.
 * Returns NULL, or why there is no comparison. `former` may be NULL: a folder
 * of C files, in folders of any depth. */
const char *similar_find(struct similar_pair **pairs, size_t *count,
                         struct gradebook *g, const struct course *c,
                         const char *lab, const char *former);

void similar_free(struct similar_pair *pairs, size_t count);

#endif

/* SPDX-License-Identifier: MIT
 *
 * warnings.h - what the compiler warns of, shown to who passes, too
 *
 * No point depends on it. The first WARNINGS are kept, each a text of one or
 * two lines: "FILE:LINE: what it says", and that line of the student's. What
 * it says of other files than the submission's is left out.
 */
#ifndef GRADER_WARNINGS_H
#define GRADER_WARNINGS_H

#include "intake.h"

#include <jansson.h>

enum { WARNINGS = 5 };

struct warnings {
    json_t *first; /* of texts; NULL: none */
    size_t more;
};

/* Adds what gcc or clang said of these files; `said` need not be clean. */
void warnings_add(struct warnings *w, const struct intake *in,
                  const char *said);

/* Into the lab's object of the result: "warnings", "warnings_more". */
void warnings_note(const struct warnings *w, json_t *lab);

void warnings_free(struct warnings *w);

#endif

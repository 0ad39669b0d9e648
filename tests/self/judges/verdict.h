/* SPDX-License-Identifier: MIT
 *
 * verdict.h - is a specimen's grading what its head says?
 */
#ifndef JUDGES_VERDICT_H
#define JUDGES_VERDICT_H

#include "corpus.h"

#include <jansson.h>

struct verdict {
    bool fine;
    bool only_slow;  /* not fine, and for no other reason than its time */
    char text[1024]; /* what happened, and what should have */
};

/* `base` is the grading of an attack without its attack, else NULL. */
struct verdict verdict_of(const struct specimen *s, const json_t *result,
                          const json_t *base);

#endif

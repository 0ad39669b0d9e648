/* SPDX-License-Identifier: MIT
 *
 * stage.h - take a lab's files out of what one student handed in, in a process
 * of its own
 *
 * An archive that crashes or exhausts the reader costs its student, not the
 * class. What was taken lies in a folder that `grade lab` reads, and nothing
 * but the lab's files is in it.
 */
#ifndef CLASS_STAGE_H
#define CLASS_STAGE_H

#include "handin.h"

#include <nettle/sha2.h>

/* What became of it; also the word in the gradebook. */
#define STAGE_READY "graded"    /* its files are there, to be graded */
#define STAGE_MISSING "missing" /* nothing was handed in */
#define STAGE_EMPTY "empty"     /* nothing of this lab is in it */
#define STAGE_REFUSED "refused" /* damaged, too large, links, ... */

enum { STAGE_DIGEST = 72 };

struct staged {
    const char *status;
    char reason[600];          /* why it is not ready: a sentence */
    char note[300];            /* which of several was taken; or "" */
    char source[256];          /* the name of what was taken */
    char digest[STAGE_DIGEST]; /* of the files; else of status and reason */
    bool late;
    time_t when;
};

/* Fills `folder`, which is made anew. `backfill` goes into the digest. Returns
 * false, with errno, when the machine cannot do it. */
bool stage_take(struct staged *out, const struct lab *lab,
                const struct handin *items, size_t count, const char *folder,
                bool backfill);

#endif

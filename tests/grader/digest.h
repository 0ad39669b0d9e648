/* SPDX-License-Identifier: MIT
 *
 * digest.h - one number for all that a score depends on but the submission
 *
 * Two results with one digest were made by the same tests, the same wire, the
 * same flags and the same compiler: they may be compared.
 */
#ifndef GRADER_DIGEST_H
#define GRADER_DIGEST_H

#include "course.h"

enum { DIGEST_TEXT = 80, COMPILER_TEXT = 128 };

/* What the compiler says of itself, its first line. False: there is none. */
bool digest_compiler(const char *cc, char text[COMPILER_TEXT]);

/* "sha256:..." over the sources that the judges and drivers were built from,
 * the flags and the compiler's own words. False: a list is missing. */
bool digest_course(const struct course *c, const char *compiler,
                   char text[DIGEST_TEXT]);

#endif

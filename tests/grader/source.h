/* SPDX-License-Identifier: MIT
 *
 * source.h - the text gate: what a submission's preprocessed text may not say
 *
 * Refused are attributes that silence a sanitizer, and inline assembly. Both
 * are looked for after the preprocessor, where no macro hides them.
 */
#ifndef GRADER_SOURCE_H
#define GRADER_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

/* Reads the descriptor from its start. Returns true when the text may be
 * compiled; otherwise appends one sentence a finding, a line each. */
bool source_allowed(int fd, char *said, size_t size);

#endif

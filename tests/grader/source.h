/* SPDX-License-Identifier: MIT
 *
 * source.h - the text gate: what a submission's preprocessed text may not say
 *
 * Refused are attributes that silence a sanitizer, ways to use memory that the
 * compilers do not instrument, and inline assembly; the last two not in files
 * that the manifest exempts. All are looked for after the preprocessor, where
 * no macro hides them.
 */
#ifndef GRADER_SOURCE_H
#define GRADER_SOURCE_H

#include "intake.h"

/* Returns true when the preprocessed files may be compiled; otherwise appends
 * one sentence a finding, a line each. */
bool source_allowed(const struct intake *texts, const struct lab *lab,
                    char *said, size_t size);

/* Whether the preprocessed file of that name has inline assembly, or uses
 * memory in one of these ways. */
bool source_has_assembly(const struct intake *texts, const char *name);

#endif

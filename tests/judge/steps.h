/* SPDX-License-Identifier: MIT
 *
 * steps.h - what a test has done so far, for the one who reads its failure
 *
 * A step is a call with its arguments and its result: "add(c1, -1.5) = 0".
 * Equal steps in a row are counted; of a long list the beginning and the end
 * are kept.
 */
#ifndef JUDGE_STEPS_H
#define JUDGE_STEPS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

void step_begin(const char *function);
void step_end(void);

/* Arguments and results, in the order of the call. */
void step_double(double v);
void step_long(long v);
void step_unsigned(unsigned long v);
void step_text(const char *s);   /* as it is */
void step_string(const char *s); /* quoted; "NULL" for a null pointer */
void step_handle(const void *handle, const char *type);
void step_result(void); /* what follows is the result */

/* The call is interrupted by a callback, which may make calls of its own, and
 * goes on. */
void step_interrupt(void);
void step_resume(const char *function);

void step_code(long v); /* MET_EINVAL for -1, ... */

/* How error.h names a code, or NULL. */
const char *step_code_name(long v);

/* The steps as an array of strings; the caller owns it. */
json_t *steps_json(void);

#define STEP(v)                             \
    _Generic((v), double                    \
             : step_double, float           \
             : step_double, unsigned        \
             : step_unsigned, unsigned long \
             : step_unsigned, default       \
             : step_long)(v)

#endif

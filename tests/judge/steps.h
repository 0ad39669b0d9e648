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
/* One that is no call. */
void step_event(const char *text);

/* Arguments and results, in the order of the call. */
void step_double(double v);
void step_long(long v);
void step_unsigned(unsigned long v);
void step_text(const char *s); /* as it is */
/* As C writes it, "a\n\xff"; "NULL" for a null pointer. */
void step_string(const char *s);
/* {"a", "b"}; "NULL" for a null pointer */
void step_strings(const char *const *list, size_t n);
void step_handle(const void *handle, const char *type);
/* A struct of ours, such as work in progress: it is numbered as handles are.
 * What is no struct of the contract, a buffer, is shown by its name. */
void step_owned(const void *p, const char *name, const char *type);
/* ", *out = counter1", after the result */
void step_made(const char *name, const void *handle, const char *type);

/* An array that the call reads, element by element, and one that it may have
 * stored in: ", *sum = 1.5". What has no way to show an element is shown by
 * its name, or not at all. */
typedef const char *step_element_fn(const void *list, size_t i);
void step_array(const char *name, step_element_fn *element, const void *list,
                size_t n);
void step_stored(const char *name, step_element_fn *element, const void *list,
                 size_t n);
step_element_fn step_double_at, step_count_at;

void step_result(void); /* what follows is the result */

/* The call is interrupted by a callback, which may make calls of its own, and
 * goes on. */
void step_interrupt(void);
void step_resume(const char *function);

void step_code(long v); /* MET_EINVAL for -1, ... */

/* MET_GAUGE for 1 of "enum met_type", ... */
void step_enum(const char *type, long v);

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

#define STEP_ELEMENT(list) \
    _Generic((list), const double *             \
             : step_double_at, double *         \
             : step_double_at, const uint64_t * \
             : step_count_at, uint64_t *        \
             : step_count_at, default           \
             : (step_element_fn *)NULL)

#endif

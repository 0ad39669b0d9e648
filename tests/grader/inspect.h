/* SPDX-License-Identifier: MIT
 *
 * inspect.h - the object gate: what a submission may be made of
 *
 * Looks at the plain shared object before anything of it runs. Refused:
 *   - calls of functions that the lab's manifest does not allow;
 *   - code that would run when it is loaded or unloaded (constructors,
 *     destructors, indirect functions, Criterion tests);
 *   - system calls without the C library (syscall, sysenter, int 0x80);
 *   - names visible outside of the object that are not the contract's;
 *   - memory that is written and executed, and other libraries.
 *
 * The gate is not what keeps the grader safe: that is the sandbox and the
 * judge. It stops what could spoil a scenario's answer, and tells a student at
 * once what the lab does not want.
 */
#ifndef GRADER_INSPECT_H
#define GRADER_INSPECT_H

#include "course.h"

/* Returns true when the object may run. Otherwise writes one sentence a
 * finding, a line each. */
bool inspect_object(int object, const struct lab *lab, char *text, size_t size);

/* The same code under sanitizers must not silence them: refused are
 * definitions of the sanitizers' own functions. */
bool inspect_sanitized(int object, char *text, size_t size);

#endif

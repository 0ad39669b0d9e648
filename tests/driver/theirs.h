/* SPDX-License-Identifier: MIT
 *
 * theirs.h - the submission's functions, found by name when it is loaded
 *
 * The driver also defines each met_ function itself: it goes on to the
 * submission's. So a scenario is written as plain C that calls the contract.
 * The submission never sees these: it is loaded later, and the driver exports
 * nothing.
 */
#ifndef DRIVER_THEIRS_H
#define DRIVER_THEIRS_H

#include "wire/contract.h"

struct theirs {
#define FN(result, name, ...) result (*name)(LIST(MAP_PARAMETER, __VA_ARGS__));
#define TEXT(name, ...) FN(const char *, name, __VA_ARGS__)
#define PROC(name, ...) FN(void, name, __VA_ARGS__)
#include WIRE_TABLE
};

/* A function that the submission lacks is a null pointer here. */
extern struct theirs theirs;

/* Loads the shared object. Returns NULL, or what went wrong. */
const char *theirs_load(const char *path);

/* The address of any function of the submission, or NULL. */
void *theirs_function(const char *name);

/* The writable memory of the submission that no allocation gave it: its
 * static variables. False when it is not known. */
int theirs_statics(char **from, char **to);

/* The same of the calling thread's own: its _Thread_local variables. False
 * when it has none yet. */
int theirs_locals(char **from, char **to);

#endif

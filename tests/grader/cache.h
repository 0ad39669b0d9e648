/* SPDX-License-Identifier: MIT
 *
 * cache.h - objects that were compiled before
 *
 * The same text, compiled by the same compiler with the same flags, gives the
 * same object. So an object is kept under the digest of those three, in
 * build/cache, and a file that did not change is not compiled again: most
 * files of a student from one verdict to the next, all but one of a mutant.
 *
 * Only the grader writes there, never a sandbox. An entry carries the digest of
 * its bytes, and one that was damaged counts as missing. Without a place to
 * write, nothing is kept. Of more than CACHE_BYTES, what was not used for the
 * longest time is removed.
 */
#ifndef GRADER_CACHE_H
#define GRADER_CACHE_H

#include "course.h"

#include <sys/types.h>

enum { CACHE_KEY = 65, CACHE_BYTES = 512 << 20 };

/* The name of an entry: the digest of what an object depends on, each of the
 * `n` words and the text. */
void cache_key(char key[CACHE_KEY], const char *const words[], size_t n,
               const char *text, size_t size);

/* Returns a file in memory that holds the object, or -1. */
int cache_get(const struct course *c, const char *key);

/* Keeps an object. That it cannot be kept is no failure. */
void cache_put(const struct course *c, const char *key, const void *bytes,
               size_t size);

/* Removes what a process that was killed had not finished to put. */
void cache_sweep(const struct course *c, pid_t pid);

#endif

/* SPDX-License-Identifier: MIT
 *
 * memory.h - what the submission has allocated, for scenarios that count it
 *
 * While memory is watched, all of it comes from one range, piece beside piece,
 * as any malloc() may do it: what is not aligned, or does not fill its last
 * line, has the neighbour's bytes on the same line. Under a sanitizer nothing
 * is watched: it has its own malloc().
 */
#ifndef DRIVER_MEMORY_H
#define DRIVER_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/* Begins, with nothing known, once in a driver; or ends. No other thread may
 * allocate now. */
void memory_watch(bool on);

/* Bytes that were asked for, while it is watched, and not freed. */
size_t memory_bytes(void);

/* Where all of them lie. */
void memory_range(char **from, char **to);

#endif

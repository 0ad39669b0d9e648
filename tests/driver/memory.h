/* SPDX-License-Identifier: MIT
 *
 * memory.h - what the submission has allocated, for scenarios that count it
 *
 * Only what is allocated while memory is watched is known.
 */
#ifndef DRIVER_MEMORY_H
#define DRIVER_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

struct memory_piece {
    char *at;
    size_t size; /* that was asked for */
};

/* Begins, with nothing known, or ends. No other thread may allocate now. */
void memory_watch(bool on);

/* Bytes that were asked for and not freed. */
size_t memory_bytes(void);

/* What they are; no other thread may allocate meanwhile. */
size_t memory_pieces(const struct memory_piece **out);

#endif

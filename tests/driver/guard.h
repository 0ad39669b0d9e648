/* SPDX-License-Identifier: MIT
 *
 * guard.h - memory that ends at a page which nobody may touch
 *
 * What the submission is given to read or write lies right before such a
 * page: one byte too far is a crash, every time.
 */
#ifndef DRIVER_GUARD_H
#define DRIVER_GUARD_H

#include <stddef.h>

struct guard {
    void *bytes; /* NULL stands for a null pointer */
    size_t size;
    void *map;
    size_t mapped;
};

/* A copy of the bytes before an unreadable page. The address is right for a
 * type whose alignment divides the size, as in every array. */
struct guard guard_copy(const void *bytes, size_t size);

void guard_free(struct guard *g);

#endif

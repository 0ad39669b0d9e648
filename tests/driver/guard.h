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

/* Whose memory is this? Asked when a process has crashed; safe in a handler of
 * signals. Only the last few hundred copies are remembered. */
enum guard_state { GUARD_UNKNOWN, GUARD_LIVE, GUARD_GONE };
enum guard_state guard_knows(const void *address);

/* An array of such copies, whose own end is before such a page, too. */
enum { GUARD_LIST = 64 };
struct guard_list {
    struct guard array; /* of pointers to the copies */
    struct guard of[GUARD_LIST];
    size_t n;
};

void guard_add(struct guard_list *list, const void *bytes, size_t size);
void guard_close_list(struct guard_list *list);
void guard_free_list(struct guard_list *list);

#endif

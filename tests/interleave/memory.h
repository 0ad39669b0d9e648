/* SPDX-License-Identifier: MIT
 *
 * memory.h - what memory.c, location.c and choose.c share
 */
#ifndef IL_MEMORY_H
#define IL_MEMORY_H

#include "state.h"

#define EVENT(i) (&il_w.events[i])

/* ---- location.c ---- */

/* Plain memory behind an atomic variable. */
void il_memory_set(uintptr_t a, int size, uint64_t v);

struct location *il_location_find(uintptr_t a); /* NULL: none there yet */
struct location *il_location_at(uintptr_t a, int size);

/* ---- choose.c ---- */

/* What one kind of step does when it meets a store. */
struct attempt {
    struct event *e;
    struct location *l;
    int success, failure; /* orders; failure < 0: it cannot fail */
    uint64_t expected;    /* of a compare-and-swap */
    bool reads, writes;
};

/* Asks the strategy, fills in the event, and returns the store. */
int il_choose(const struct attempt *a);

#endif

/* SPDX-License-Identifier: MIT
 *
 * event.h - what a thread does, and what is kept of it
 */
#ifndef IL_EVENT_H
#define IL_EVENT_H

#include <stdbool.h>
#include <stdint.h>

enum { THREADS = 8 }; /* main and seven more */

/* ---- time ---- */

/* A vector clock: how much of each thread lies before. */
struct clock {
    uint32_t at[THREADS];
};

void il_join(struct clock *a, const struct clock *b);

/* ---- operations and events ---- */

enum kind {
    OP_NONE,
    OP_START,
    OP_LOAD,
    OP_STORE,
    OP_RMW,
    OP_CAS,
    OP_FENCE,
    OP_LOCK,
    OP_TRYLOCK,
    OP_RDLOCK,
    OP_UNLOCK,
    OP_WAIT,
    OP_SIGNAL,
    OP_BROADCAST,
    OP_CREATE,
    OP_JOIN,
    OP_EXIT,
    OP_READ,
    OP_WRITE,
    OP_FREE,
};

/* The orders as the compilers pass them: __ATOMIC_RELAXED and so on. */
enum order { RELAXED, CONSUME, ACQUIRE, RELEASE, ACQ_REL, SEQ_CST };

static inline bool il_acquires(int order)
{
    return order != RELAXED && order != RELEASE;
}

static inline bool il_releases(int order)
{
    return order == RELEASE || order == ACQ_REL || order == SEQ_CST;
}

/* What a thread is about to do. */
struct op {
    uint8_t kind, order, size;
    uintptr_t addr, pc;
    int other; /* the thread that JOIN waits for */
};

/* What a thread has done. Accesses of one atomic variable are chained in the
 * order of execution (`earlier`), its stores also in modification order
 * (`rank`, `mo_next`). */
struct event {
    uint8_t thread, kind, order, size;
    bool wrote;       /* a store, or a read-modify-write that succeeded */
    bool shown;       /* on a variable that several threads use */
    uint16_t skipped; /* how many newer stores a read passed over */
    uint32_t epoch;   /* this event is number `epoch` of its thread */
    uint32_t leave;   /* epoch of the next event at another address */
    uintptr_t addr, pc;
    uint64_t value, before;
    int loc, rf, earlier, mo_next, rank;
    int latest;        /* the newest store when a read passed it over */
    struct clock hb;   /* what happens before this event, itself included */
    struct clock msg;  /* what a reader that acquires it learns */
    struct clock away; /* hb of the last event before at another address */
};

#endif

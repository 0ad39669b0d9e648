/* SPDX-License-Identifier: MIT
 *
 * races.c - plain accesses: who shares what, and is it ordered?
 *
 * Two accesses of one byte by two threads, one of them a write and one of them
 * plain, are a data race when neither happens before the other. That does not
 * depend on which came first here, so plain accesses need no scheduling
 * points. For each eight bytes a cell remembers the last accesses of each
 * thread.
 *
 * Which bytes are shared at all is learned: the answer outlives an execution,
 * since addresses are the same in the next, and when it grows the search
 * starts again.
 */
#include "state.h"
#include <string.h>

enum { CELLS = 1 << 15, PLAIN_LIMIT = 1 << 26, LOGGED = EVENTS / 2 };

struct stamp {
    uint32_t epoch[8]; /* by byte; 0: never */
    int event;
};

struct cell {
    uintptr_t key;
    uint8_t threads;
    bool written, shared;
    uint32_t execution;
    bool plain; /* touched by a plain access in this execution */
    struct stamp by[THREADS][4]; /* PLAIN_READ .. ATOMIC_WRITE */
};

static struct cell cells[CELLS];
static unsigned taken[CELLS / 2 + 1]; /* the cells that are in use */
static int used;

void il_shared_reset(void)
{
    while (used > 0)
        memset(&cells[taken[--used]], 0, sizeof *cells);
}

static struct cell *cell_at(uintptr_t key)
{
    unsigned h = (unsigned)((key * UINT64_C(0x9E3779B97F4A7C15)) >> 49);
    while (cells[h].key && cells[h].key != key)
        h = (h + 1) % CELLS;
    if (!cells[h].key) {
        if (used == CELLS / 2)
            il_stop(INCONCLUSIVE, "more than %d bytes are used by threads",
                    CELLS * 4);
        taken[used++] = h;
        cells[h].key = key;
    }
    return &cells[h];
}

/* Atomics and locks are told apart by their address, plain memory by eights. */
bool il_shared(uintptr_t a)
{
    return cell_at(a >> 3)->shared;
}

void il_share(uintptr_t a)
{
    struct cell *c = cell_at(a >> 3);
    if (!c->shared)
        il_s.learned = true;
    c->shared = true;
}

/* A thread uses the address. Returns whether several do, one of them
 * writing. */
bool il_touch(uintptr_t a, bool write)
{
    struct cell *c = cell_at(a >> 3);
    if (il_w.live < 2)
        return c->shared;
    c->threads |= (uint8_t)(1u << il_w.cur);
    c->written |= write;
    if (!c->shared && c->written && (c->threads & (c->threads - 1)))
        il_share(a);
    return c->shared;
}

/* ---- races ---- */

static bool clash(enum access mine, enum access theirs)
{
    if (mine == FREEING)
        return true;
    bool writes = mine == PLAIN_WRITE || mine == ATOMIC_WRITE ||
                  theirs == PLAIN_WRITE || theirs == ATOMIC_WRITE;
    bool plain = mine <= PLAIN_WRITE || theirs <= PLAIN_WRITE;
    return writes && plain;
}

static void report(int theirs, int mine, enum access how)
{
    il_culprit(theirs, mine);
    il_stop(how == FREEING ? USE_AFTER_FREE : RACE, "%s", "");
}

static void compare(const struct cell *c, int from, int to, enum access how,
                    int event)
{
    for (int t = 0; t < il_w.nthreads; t++) {
        if (t == il_w.cur)
            continue;
        for (int k = 0; k < 4; k++) {
            if (!clash(how, (enum access)k))
                continue;
            const struct stamp *s = &c->by[t][k];
            for (int b = from; b < to; b++)
                if (s->epoch[b] > ME->hb.at[t])
                    report(s->event, event, how);
        }
    }
}

static void remember(struct cell *c, int from, int to, enum access how,
                     int event)
{
    struct stamp *s = &c->by[il_w.cur][how];
    uint32_t now = ME->hb.at[il_w.cur] + (how <= PLAIN_WRITE);
    for (int b = from; b < to; b++)
        s->epoch[b] = now;
    s->event = event;
}

void il_race_check(uintptr_t a, size_t size, enum access how, int event)
{
    if (il_w.nthreads < 2)
        return;
    while (size > 0) {
        struct cell *c = cell_at(a >> 3);
        size_t from = a & 7, n = 8 - from < size ? 8 - from : size;
        int to = (int)(from + n);
        if (c->execution != il_w.stamp) {
            c->execution = il_w.stamp;
            c->plain = false;
            memset(c->by, 0, sizeof c->by);
        }
        c->plain |= how <= PLAIN_WRITE;
        if ((c->plain || how == FREEING) && (!il_o.plain || how == FREEING))
            compare(c, (int)from, to, how, event);
        if (how != FREEING)
            remember(c, (int)from, to, how, event);
        a += n;
        size -= n;
    }
}

/* ---- plain accesses ---- */

static bool touch_all(uintptr_t a, size_t size, bool write)
{
    bool shared = false;
    for (uintptr_t p = a & ~(uintptr_t)7; p < a + size; p += 8)
        shared |= il_touch(p, write);
    return shared;
}

static int log_plain(const struct op *op, bool shared)
{
    if (!shared || il_w.nevents >= LOGGED)
        return -1;
    struct event *e = il_log(op);
    e->shown = true;
    e->epoch = ME->hb.at[il_w.cur] + 1;
    if (op->kind == OP_WRITE)
        ME->pending = (int)(e - il_w.events);
    return (int)(e - il_w.events);
}

void il_plain(uintptr_t a, size_t size, bool write, uintptr_t pc)
{
    if (!il_w.running || size == 0)
        return;
    struct op op = {write ? OP_WRITE : OP_READ,
                    0,
                    (uint8_t)(size < UINT8_MAX ? size : UINT8_MAX),
                    a,
                    pc,
                    0};
    if (++il_w.plain > PLAIN_LIMIT)
        il_stop(LIVELOCK, "thread %d runs without end", il_w.cur);
    il_note_move(ME->hb.at[il_w.cur] + 1);
    bool shared = il_w.nthreads > 1 && touch_all(a, size, write);
    if (shared && il_o.plain)
        il_point(&op, true);
    int event = log_plain(&op, shared);
    il_heap_check(&op, size, event);
    il_race_check(a, size, write ? PLAIN_WRITE : PLAIN_READ, event);
    if (write)
        il_plain_store_seen(a, size);
    if (write && shared)
        il_spin_clear();
}

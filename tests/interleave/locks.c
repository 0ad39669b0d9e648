/* SPDX-License-Identifier: MIT
 *
 * locks.c - taking a lock and giving it back
 *
 * A lock is known by its address; what lies there is only looked at for the
 * kind of mutex. Giving a lock back is no choice of the scheduler (who waits
 * for it can run no earlier), unless somebody asks for it without waiting.
 */
#include "locks.h"
#include <errno.h>
#include <string.h>

struct lock *il_lock_at(uintptr_t addr)
{
    for (int i = 0; i < il_w.nlocks; i++)
        if (il_w.locks[i].addr == addr)
            return &il_w.locks[i];
    if (il_w.nlocks >= LOCKS)
        il_stop(INCONCLUSIVE, "more than %d locks", LOCKS);
    struct lock *l = &il_w.locks[il_w.nlocks++];
    memset(l, 0, sizeof *l);
    l->addr = addr;
    l->owner = -1;
    return l;
}

bool il_lock_free(const struct op *op)
{
    const struct lock *l = il_lock_at(op->addr);
    if (op->kind == OP_RDLOCK)
        return l->owner < 0;
    return l->owner < 0 && l->readers == 0;
}

static void log_lock(const struct op *op, uint64_t value)
{
    struct event *e = il_log(op);
    e->value = value;
    e->shown = il_shared(op->addr);
    il_tick(e);
    e->hb = ME->last_hb = ME->hb;
    ME->deps.at[il_w.cur] = e->epoch;
}

/* Stops at the step, and takes part in the order of steps on this lock. */
struct lock *il_lock_step(int kind, uintptr_t addr, bool visible, uintptr_t pc)
{
    struct op op = {(uint8_t)kind, 0, 0, addr, pc, 0};
    bool shared = il_touch(addr, true);
    il_point(&op, visible && (shared || ME->waiting_on >= 0));
    il_heap_check(&op, 1, -1);
    struct lock *l = il_lock_at(addr);
    il_join(&ME->deps, &l->deps);
    return l;
}

void il_lock_settle(struct lock *l, int kind, uintptr_t pc, uint64_t value)
{
    struct op op = {(uint8_t)kind, 0, 0, l->addr, pc, 0};
    log_lock(&op, value);
    il_join(&l->deps, &ME->deps);
    int id = -1 - (int)(l - il_w.locks);
    for (int i = 0; i < ME->nsites; i++)
        if (ME->sites[i].loc == id)
            ME->sites[i].store = l->turn;
    il_spin_read(pc, l->addr, id, l->turn);
}

/* POSIX leaves the behaviour undefined. */
void il_lock_refuse(const struct op *op, const char *what)
{
    il_share(op->addr);
    log_lock(op, 0);
    il_culprit(il_w.nevents - 1, -1);
    il_expected("who does that holds it");
    il_got("nobody or another thread does");
    il_stop(ASSERTION, "thread %d %s", il_w.cur, what);
}

void il_lock_take(struct lock *l)
{
    l->owner = il_w.cur;
    l->depth = 1;
    l->turn++;
    il_join(&ME->hb, &l->hb);
    il_join(&ME->hb, &l->read);
}

/* ---- what one thread at a time holds ---- */

int il_mutex_lock(uintptr_t m, bool recursive, uintptr_t pc)
{
    struct lock *l = il_lock_at(m);
    if (l->owner == il_w.cur) {
        if (!recursive) {
            ME->next = (struct op){OP_LOCK, 0, 0, m, pc, 0};
            il_share(m);
            log_lock(&ME->next, 0);
            il_culprit(il_w.nevents - 1, -1);
            il_stop(DEADLOCK, "thread %d locks what it holds already",
                    il_w.cur);
        }
        l->depth++;
        return 0;
    }
    l = il_lock_step(OP_LOCK, m, true, pc);
    il_lock_take(l);
    il_lock_settle(l, OP_LOCK, pc, 1);
    return 0;
}

/* Somebody asks without waiting: now it matters when the lock is given back,
 * so giving it back becomes a step. */
bool il_lock_ask(uintptr_t m)
{
    static const uintptr_t mark = (uintptr_t)1 << 63;
    if (!il_shared(m ^ mark)) {
        il_touch(m ^ mark, true);
        il_share(m ^ mark);
    }
    return true;
}

bool il_lock_was_asked(uintptr_t m)
{
    return il_shared(m ^ (uintptr_t)1 << 63);
}

int il_mutex_trylock(uintptr_t m, bool recursive, uintptr_t pc)
{
    struct lock *l = il_lock_step(OP_TRYLOCK, m, il_lock_ask(m), pc);
    bool mine = recursive && l->owner == il_w.cur;
    bool ok = mine || (l->owner < 0 && l->readers == 0);
    if (mine)
        l->depth++;
    else if (ok)
        il_lock_take(l);
    il_lock_settle(l, OP_TRYLOCK, pc, ok);
    return ok ? 0 : EBUSY;
}

int il_mutex_unlock(uintptr_t m, uintptr_t pc)
{
    struct lock *l = il_lock_at(m);
    if (l->owner != il_w.cur)
        il_lock_refuse(&(struct op){OP_UNLOCK, 0, 0, m, pc, 0},
                       "unlocks a mutex that it does not hold");
    if (--l->depth > 0)
        return 0;
    l = il_lock_step(OP_UNLOCK, m, il_lock_was_asked(m), pc);
    l->owner = -1;
    l->turn++;
    il_lock_settle(l, OP_UNLOCK, pc, 0);
    l->hb = ME->hb;
    return 0;
}

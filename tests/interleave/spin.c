/* SPDX-License-Identifier: MIT
 *
 * spin.c - loops that wait for another thread
 *
 * `while (!ready) ;` can turn any number of times, and all but the last turn
 * change nothing. A thread that comes to a place where it was before, with the
 * same callers, while nothing that it looked at since has changed, is held:
 * the others go first. When all that are left are held, they may turn a few
 * hundred times (a loop may count its turns); then the verdict is livelock.
 *
 * So an execution in which such a loop turns twice without need is not
 * explored. The report says so when it happened.
 */
#include "state.h"

int il_spin_find(uintptr_t pc, uintptr_t addr)
{
    const struct thread *t = ME;
    for (int i = 0; i < t->nsites; i++)
        if (t->sites[i].pc == pc && t->sites[i].addr == addr &&
            t->sites[i].stack == t->calls)
            return i;
    return -1;
}

/* Remembers what was seen: a store, or of a lock (loc < 0) its turn. */
void il_spin_read(uintptr_t pc, uintptr_t addr, int loc, int store)
{
    struct thread *t = ME;
    int i = il_spin_find(pc, addr);
    if (i < 0) {
        if (t->nsites == SITES)
            t->nsites = 0;
        i = t->nsites++;
    }
    t->sites[i] = (struct site){pc, addr, t->calls, loc, store};
}

static bool unchanged(const struct site *s)
{
    if (s->loc >= 0)
        return il_w.locs[s->loc].newest == s->store;
    return il_w.locks[-1 - s->loc].turn == s->store;
}

bool il_spin_stuck(const struct thread *t)
{
    for (int i = 0; i < t->nsites; i++)
        if (!unchanged(&t->sites[i]))
            return false;
    return true;
}

void il_spin_clear(void)
{
    ME->nsites = 0;
    ME->idle = 0;
}

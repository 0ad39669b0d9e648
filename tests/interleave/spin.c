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
#include <string.h>

static int find(const struct thread *t, uintptr_t pc, uintptr_t addr)
{
    for (int i = 0; i < t->nsites; i++)
        if (t->sites[i].pc == pc && t->sites[i].addr == addr &&
            t->sites[i].stack == t->calls)
            return i;
    return -1;
}

int il_spin_find(uintptr_t pc, uintptr_t addr)
{
    return find(ME, pc, addr);
}

/* Remembers what was seen: a store, or of a lock (loc < 0) its turn. The sites
 * stand in the order of the last visit; the oldest makes room. */
void il_spin_read(uintptr_t pc, uintptr_t addr, int loc, int store)
{
    struct thread *t = ME;
    int i = find(t, pc, addr);
    if (i < 0 && t->nsites == SITES)
        i = 0;
    if (i >= 0) {
        t->nsites--;
        memmove(&t->sites[i], &t->sites[i + 1],
                (size_t)(t->nsites - i) * sizeof *t->sites);
    }
    t->sites[t->nsites++] = (struct site){pc, addr, t->calls, loc, store};
}

static bool unchanged(const struct site *s)
{
    if (s->loc >= 0)
        return il_w.locs[s->loc].newest == s->store;
    return il_w.locks[-1 - s->loc].turn == s->store;
}

/* The thread is where it was before. What it looked at before that is not part
 * of the loop, and may have changed. */
bool il_spin_stuck(const struct thread *t)
{
    int i = find(t, t->next.pc, t->next.addr);
    if (i < 0)
        return false;
    for (; i < t->nsites; i++)
        if (!unchanged(&t->sites[i]))
            return false;
    return true;
}

void il_spin_clear(void)
{
    ME->nsites = 0;
    ME->idle = 0;
}

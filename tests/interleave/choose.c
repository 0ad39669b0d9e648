/* SPDX-License-Identifier: MIT
 *
 * choose.c - which stores a step may meet, and which one it meets
 *
 * Every store to an atomic variable is kept. The stores of one variable stand
 * in modification order, a list in which each has a rank. A read takes any
 * store that is not forbidden, a store may land anywhere that is not
 * forbidden, and the strategy chooses; the newest is choice 0.
 *
 * Forbidden is what RC11 forbids:
 *   coherence   a store older than one that this thread knows of, that is
 *               than any store that happens before, or that was read by
 *               something that happens before;
 *   atomicity   to land between a store and the read-modify-write that
 *               read it;
 *   seq_cst     what closes a circle of seq_cst accesses and fences: rc11.c.
 * Taking the newest is never forbidden, so every execution can go on.
 *
 * One more thing is left out, because it leads nowhere new: to pass over a
 * newer store that could as well have come later. That execution is explored
 * by running this thread first. What remains are the results that no order of
 * running explains, so that "an older value" in a report means weak memory.
 */
#include "memory.h"

enum { CHOICES = 64 };

/* ---- what the thread knows ---- */

static int rank_known(const struct event *e)
{
    return e->wrote ? e->rank : EVENT(e->rf)->rank;
}

/* The lowest rank that this thread may still read. */
static int floor_of(const struct location *l, const struct event *now)
{
    int floor = 0;
    for (int i = l->last; i >= 0; i = EVENT(i)->earlier) {
        const struct event *e = EVENT(i);
        if (ME->hb.at[e->thread] >= e->epoch && e != now &&
            rank_known(e) > floor)
            floor = rank_known(e);
    }
    return floor;
}

/* Could the step have come before a store that it now passes over? Then that
 * execution is found elsewhere. Looks back from now: once a step on the
 * variable must stay before this one, so must all that lie before it. */
static bool could_come_earlier(const struct location *l, int rank, bool writes)
{
    for (int i = l->last; i >= 0; i = EVENT(i)->earlier) {
        const struct event *e = EVENT(i);
        if (!e->wrote) {
            if (writes && EVENT(e->rf)->rank <= rank)
                return false;
        } else if (e->rank <= rank) {
            return false;
        } else if (ME->deps.at[e->thread] < e->epoch) {
            return true;
        }
    }
    return false;
}

static bool followed_by_rmw(int store)
{
    int next = EVENT(store)->mo_next;
    return next >= 0 && EVENT(next)->rf == store;
}

/* ---- choices ---- */

static bool would_write(const struct attempt *a, int store)
{
    return a->writes && (a->failure < 0 || EVENT(store)->value == a->expected);
}

/* Fills in the event as if it met this store. */
static void suppose(const struct attempt *a, int store)
{
    struct event *e = a->e;
    e->wrote = would_write(a, store);
    e->order = (uint8_t)(e->wrote || a->failure < 0 ? a->success : a->failure);
    e->rf = a->reads ? store : -1;
    e->rank = e->wrote ? EVENT(store)->rank + 1 : 0;
    e->hb = ME->hb;
    if (a->reads && il_acquires(e->order))
        il_join(&e->hb, &EVENT(store)->msg);
}

static bool allowed(const struct attempt *a, int store)
{
    if (store == a->l->newest)
        return true;
    bool writes = would_write(a, store);
    if (writes && followed_by_rmw(store))
        return false;
    if (could_come_earlier(a->l, EVENT(store)->rank, writes))
        return false;
    suppose(a, store);
    return il_rc11_allows(a->e);
}

/* Lists the stores that the step may meet, the newest first. */
static int list(const struct attempt *a, int *out, int limit)
{
    int site = a->reads ? il_spin_find(a->e->pc, a->e->addr) : -1;
    int seen = site >= 0 ? EVENT(ME->sites[site].store)->rank : -1;
    int floor = floor_of(a->l, a->e), n = 0;
    int order[CHOICES], count = 0;
    for (int i = a->l->first; i >= 0; i = EVENT(i)->mo_next)
        if (EVENT(i)->rank >= floor &&
            (EVENT(i)->rank > seen || i == a->l->newest)) {
            if (count == CHOICES)
                il_stop(INCONCLUSIVE, "more than %d stores to choose from",
                        CHOICES);
            order[count++] = i;
        }
    while (count > 0 && n < limit)
        if (allowed(a, order[--count]))
            out[n++] = order[count];
    return n;
}

int il_choose(const struct attempt *a)
{
    int stores[CHOICES], n = 1, pick = 0;
    stores[0] = a->l->newest;
    if (il_o.weak && il_w.nthreads > 1 && a->l->newest != a->l->first) {
        bool bounded = il_w.stale >= il_o.stale_reads;
        n = list(a, stores, bounded ? 2 : CHOICES);
        if (bounded && n > 1) {
            il_s.cut = true;
            n = 1;
        }
    }
    if (n > 1)
        pick = il_strategy->value(n);
    if (pick > 0) {
        il_token_choice(pick);
        il_w.stale++;
        a->e->skipped = (uint16_t)pick;
        a->e->latest = a->l->newest;
    }
    suppose(a, stores[pick]);
    return stores[pick];
}

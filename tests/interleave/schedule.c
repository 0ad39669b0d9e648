/* SPDX-License-Identifier: MIT
 *
 * schedule.c - the scheduling point: who makes the next step
 *
 * Before each step that other threads can see, the thread stops at il_point()
 * with the step announced in `next`. Here the set of threads that can go on is
 * made, the strategy picks one, and the explorer switches to it. Steps that
 * nobody else can see are no choice: they are run through.
 */
#include "state.h"
#include <stdio.h>

enum { TURNS = 64, PLAIN_LIMIT = 1 << 24 };

const struct strategy *il_strategy;

static bool reads_only(const struct op *op)
{
    return op->kind == OP_LOAD || op->kind == OP_RDLOCK || op->kind == OP_READ;
}

/* Would it matter which of the two comes first? */
bool il_dependent(const struct op *a, const struct op *b)
{
    return a->addr && a->addr == b->addr && !(reads_only(a) && reads_only(b));
}

bool il_enabled(int thread)
{
    const struct thread *t = &il_w.threads[thread];
    if (!t->started || t->ended)
        return false;
    if (t->waiting_on >= 0 && !t->woken)
        return false;
    if (t->next.kind == OP_JOIN)
        return il_w.threads[t->next.other].ended;
    if (t->next.kind == OP_LOCK || t->next.kind == OP_RDLOCK)
        return il_lock_free(&t->next);
    return true;
}

static bool runnable(int thread)
{
    const struct thread *t = &il_w.threads[thread];
    return il_enabled(thread) && !(t->held && il_spin_stuck(t));
}

/* ---- nobody can go on ---- */

static bool waits_for_condition(void)
{
    for (int i = 0; i < il_w.nthreads; i++)
        if (!il_w.threads[i].ended && il_w.threads[i].waiting_on >= 0 &&
            !il_w.threads[i].woken)
            return true;
    return false;
}

/* Time passes only when all else stands still. */
static int time_out(void)
{
    for (int i = 0; i < il_w.nthreads; i++) {
        struct thread *t = &il_w.threads[i];
        if (!t->ended && t->waiting_on >= 0 && !t->woken && t->timed) {
            t->woken = t->timed_out = true;
            il_s.foreign |= 1u << FOREIGN_TIMEOUT;
            if (il_enabled(i))
                return i;
        }
    }
    return -1;
}

/* Lets the thread turn that has turned least. */
static int force(void)
{
    int best = -1;
    for (int i = 0; i < il_w.nthreads; i++)
        if (il_enabled(i) &&
            (best < 0 || il_w.threads[i].idle < il_w.threads[best].idle))
            best = i;
    if (best < 0)
        return -1;
    if (++il_w.threads[best].idle > TURNS)
        il_stop(LIVELOCK, "%s", "");
    il_w.forced++;
    return best;
}

/* The locks that threads wait for belong in the timeline. */
static void log_waiting(void)
{
    for (int i = 0; i < il_w.nthreads; i++) {
        const struct thread *t = &il_w.threads[i];
        if (t->ended || t->waiting_on >= 0 ||
            (t->next.kind != OP_LOCK && t->next.kind != OP_RDLOCK))
            continue;
        struct event *e = il_log(&t->next);
        e->thread = (uint8_t)i;
        e->shown = true;
    }
}

static int standstill(void)
{
    int t = time_out();
    if (t < 0)
        t = force();
    if (t < 0) {
        log_waiting();
        il_stop(waits_for_condition() ? LOST_WAKEUP : DEADLOCK, "%s", "");
    }
    return t;
}

/* ---- somebody can ---- */

static void offer(struct menu *m, int thread)
{
    if (!(il_w.sleeping >> thread & 1))
        m->threads[m->n++] = (uint8_t)thread;
}

static int pick(bool can_stay)
{
    struct menu m = {.n = 0};
    int any = 0;
    bool mine = can_stay && runnable(il_w.cur);
    m.stay = mine && !ME->yielded;
    ME->yielded = false;
    if (mine)
        offer(&m, il_w.cur);
    for (int i = 0; i < il_w.nthreads; i++) {
        if (!runnable(i))
            continue;
        any++;
        if (il_w.threads[i].next.kind == OP_JOIN && il_o.strategy != REPLAY)
            return i; /* a join changes nothing for others */
        if (!(mine && i == il_w.cur))
            offer(&m, i);
    }
    if (!any)
        return standstill();
    if (!m.n)
        il_abandon();
    m.stay = m.stay && m.threads[0] == il_w.cur;
    int t = il_strategy->thread(&m);
    if (m.stay && t != il_w.cur)
        il_w.preemptions++;
    return t;
}

static void go(int thread)
{
    if (thread != il_w.cur)
        il_fibre_switch(thread);
}

/* A step happens: threads for which it matters need not sleep any more. */
void il_done(const struct op *op)
{
    for (int i = 0; il_w.sleeping && i < il_w.nthreads; i++)
        if ((il_w.sleeping >> i & 1) && il_dependent(op, &il_w.threads[i].next))
            il_w.sleeping &= ~(1 << i);
}

static bool turning(const struct op *op)
{
    bool looks = op->kind == OP_LOAD || op->kind == OP_RMW ||
                 op->kind == OP_CAS || op->kind == OP_LOCK ||
                 op->kind == OP_TRYLOCK;
    return looks && il_spin_stuck(ME);
}

/* The thread is at a step. Returns when it is to make it. */
void il_point(const struct op *op, bool visible)
{
    struct thread *t = ME;
    t->next = *op;
    il_w.plain = 0;
    t->held = il_w.nthreads > 1 && turning(op);
    if (t->held)
        il_s.foreign |= 1u << FOREIGN_SPIN;
    bool others = il_w.nthreads > 1 || t->waiting_on >= 0;
    if (others && (visible || t->held || il_o.strategy == REPLAY)) {
        if (t->parent >= 0) {
            int parent = t->parent;
            t->parent = -1;
            il_fibre_switch(parent);
        } else {
            go(pick(true));
        }
    }
    t->held = false;
    if (il_w.steps >= STEPS)
        il_stop(INCONCLUSIVE, "an execution has more than %d steps", STEPS);
    il_token_step();
    il_strategy->step(op);
    il_w.sleeping &= ~(1 << il_w.cur);
    il_done(op);
    il_w.steps++;
}

/* The thread has ended and will not come back. */
void il_block(void)
{
    struct thread *t = ME;
    if (t->parent >= 0) {
        int parent = t->parent;
        t->parent = -1;
        go(parent);
    } else {
        go(pick(false));
    }
}

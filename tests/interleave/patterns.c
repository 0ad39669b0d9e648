/* SPDX-License-Identifier: MIT
 *
 * patterns.c - why an expectation does not hold, in one sentence
 *
 * Looks in the failing execution for the few patterns that most mistakes
 * follow, the most telling first. When none fits, the timeline must speak.
 */
#include "sentence.h"

#define EVENT(i) (&il_w.events[i])

static bool old_value(void)
{
    for (int i = il_w.nevents - 1; i >= 0; i--) {
        const struct event *e = EVENT(i);
        if (!e->skipped)
            continue;
        const struct event *newer = EVENT(e->latest);
        const char *name = il_place(e->addr);
        if (e->kind == OP_STORE)
            return il_say(
                "thread %d writes %s, and others see that before what "
                "thread %d wrote earlier: nothing orders the two",
                e->thread, name, newer->thread);
        return il_say(
            "thread %d reads an old %s although thread %d has written "
            "a new one: nothing orders the two",
            e->thread, name, newer->thread);
    }
    return false;
}

/* The last read of the address by the thread before event i, or -1. */
static int last_read(int i)
{
    const struct event *w = EVENT(i);
    for (int k = i - 1; k >= 0; k--) {
        const struct event *e = EVENT(k);
        if (e->thread != w->thread || e->addr != w->addr)
            continue;
        return il_reads(e) ? k : -1;
    }
    return -1;
}

static int write_between(int from, int to, uintptr_t addr, int thread)
{
    for (int k = from + 1; k < to; k++)
        if (EVENT(k)->addr == addr && EVENT(k)->thread != thread &&
            il_writes(EVENT(k)))
            return k;
    return -1;
}

static bool both_read(int other, const struct event *w)
{
    const char *name = il_place(w->addr);
    int low = other < w->thread ? other : w->thread;
    int high = other < w->thread ? w->thread : other;
    if (il_w.nthreads == 3 && low == 1)
        return il_say("both threads read %s before either wrote it", name);
    return il_say("threads %d and %d both read %s before either wrote it", low,
                  high, name);
}

/* A thread writes what it made of a value that another has replaced. */
static bool lost_update(void)
{
    for (int i = 0; i < il_w.nevents; i++) {
        const struct event *w = EVENT(i);
        if ((w->kind != OP_STORE && w->kind != OP_WRITE) || !w->shown)
            continue;
        int read = last_read(i);
        int other = read < 0 ? -1 : write_between(read, i, w->addr, w->thread);
        if (other < 0)
            continue;
        int theirs = last_read(other);
        if (theirs >= 0 && write_between(theirs, other, w->addr, 99) < 0 &&
            EVENT(theirs)->value == EVENT(read)->value)
            return both_read(EVENT(other)->thread, w);
        return il_say("thread %d writes %s from a value that it read before "
                      "thread %d wrote: that update is lost",
                      w->thread, il_place(w->addr), EVENT(other)->thread);
    }
    return false;
}

/* A swap fails, and its thread does nothing more about the variable. */
static bool given_up(void)
{
    for (int i = 0; i < il_w.nevents; i++) {
        const struct event *e = EVENT(i);
        bool again = e->kind != OP_CAS || e->wrote || !e->shown;
        for (int k = i + 1; k < il_w.nevents && !again; k++)
            again = EVENT(k)->thread == e->thread && EVENT(k)->addr == e->addr;
        if (!again && il_w.threads[e->thread].ended)
            return il_say("the compare-and-swap of thread %d on %s fails, and "
                          "it does not try again",
                          e->thread, il_place(e->addr));
    }
    return false;
}

static bool enters(const struct event *e)
{
    return e->kind == OP_LOCK || e->kind == OP_RDLOCK;
}

/* Two critical sections of one thread with another thread's in between. */
static bool between_sections(void)
{
    for (int i = 0; i < il_w.nevents; i++) {
        const struct event *a = EVENT(i);
        if (!enters(a) || !a->shown)
            continue;
        int other = -1;
        for (int k = i + 1; k < il_w.nevents; k++) {
            const struct event *e = EVENT(k);
            if (!enters(e) || e->addr != a->addr)
                continue;
            if (e->thread != a->thread)
                other = e->kind == OP_LOCK ? e->thread : other;
            else if (other > 0 && a->thread > 0)
                return il_say(
                    "thread %d comes in between two locked sections of "
                    "thread %d: what that one learned in the first no "
                    "longer holds in the second",
                    other, a->thread);
            else
                break;
        }
    }
    return false;
}

/* A compare-and-swap succeeds although the variable was changed since the
 * thread read it: the same value has come back. */
static bool back_again(void)
{
    for (int i = 0; i < il_w.nevents; i++) {
        const struct event *w = EVENT(i);
        if (w->kind != OP_CAS || !w->wrote || !w->shown)
            continue;
        int read = last_read(i);
        int other = read < 0 ? -1 : write_between(read, i, w->addr, w->thread);
        if (other >= 0 && EVENT(read)->value == w->before)
            return il_say("thread %d swaps %s, which was changed and changed "
                          "back since it read it (ABA)",
                          w->thread, il_place(w->addr));
    }
    return false;
}

/* Is the thread about to write, or does it later? */
static bool writes_after(int thread, int i)
{
    const struct thread *t = &il_w.threads[thread];
    for (int n = i + 1; n < il_w.nevents; n++)
        if (EVENT(n)->thread == thread && EVENT(n)->shown &&
            il_writes(EVENT(n)))
            return true;
    return !t->ended && (t->next.kind == OP_STORE || t->next.kind == OP_RMW ||
                         t->next.kind == OP_CAS);
}

/* A thread reads while another has written one thing and not yet the next. */
static bool in_the_middle(void)
{
    for (int i = 0; i < il_w.nevents; i++) {
        const struct event *r = EVENT(i);
        if (!r->shown || !il_reads(r) || r->thread == 0)
            continue;
        for (int k = i - 1; k >= 0; k--) {
            const struct event *w = EVENT(k);
            if (il_writes(w) && w->shown && w->thread != r->thread &&
                w->thread != 0 && writes_after(w->thread, i))
                return il_say("thread %d reads while thread %d is between "
                              "two of its writes",
                              r->thread, w->thread);
        }
    }
    return false;
}

/* A thread looks at a variable and then changes it in one step, but another
 * has changed it in between. */
static bool check_then_act(void)
{
    for (int i = 0; i < il_w.nevents; i++) {
        const struct event *w = EVENT(i);
        if (w->kind != OP_RMW || !w->shown)
            continue;
        int read = last_read(i);
        int other = read < 0 ? -1 : write_between(read, i, w->addr, w->thread);
        if (other >= 0)
            return il_say("thread %d changes %s after it looked at it, and "
                          "thread %d changes it in between",
                          w->thread, il_place(w->addr), EVENT(other)->thread);
    }
    return false;
}

void il_say_pattern(void)
{
    if (old_value() || lost_update() || given_up() || back_again() ||
        between_sections() || check_then_act() || in_the_middle())
        return;
    if (il_w.preemptions == 0 && il_w.stale == 0)
        il_say("the result is wrong even when no thread is stopped in the "
               "middle");
    else
        il_say("with the steps in this order the result is wrong");
}

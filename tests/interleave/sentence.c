/* SPDX-License-Identifier: MIT
 *
 * sentence.c - the failure in one sentence
 *
 * Looks in the failing execution for the few patterns that most mistakes
 * follow, the most telling first. When none fits, the timeline must speak.
 */
#include "state.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define EVENT(i) (&il_w.events[i])

static bool say(const char *format, ...) __attribute__((format(printf, 1, 2)));
static bool say(const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    vsnprintf(il_w.sentence, sizeof il_w.sentence, format, ap);
    va_end(ap);
    return true;
}

static void defaults(const char *expected, const char *got)
{
    if (!il_w.expected[0])
        il_expected("%s", expected);
    if (!il_w.got[0])
        il_got("%s", got);
}

static bool is_write(const struct event *e)
{
    return e->wrote || e->kind == OP_WRITE;
}

static bool is_read(const struct event *e)
{
    return e->kind == OP_LOAD || e->kind == OP_READ ||
           (e->kind == OP_CAS && !e->wrote);
}

/* ---- assertion ---- */

static bool old_value(void)
{
    for (int i = il_w.nevents - 1; i >= 0; i--) {
        const struct event *e = EVENT(i);
        if (!e->skipped)
            continue;
        const struct event *newer = EVENT(e->latest);
        const char *name = il_place(e->addr);
        if (e->kind == OP_STORE)
            return say("thread %d writes %s, and others see that before what "
                       "thread %d wrote earlier: nothing orders the two",
                       e->thread, name, newer->thread);
        return say("thread %d reads an old %s although thread %d has written "
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
        return is_read(e) ? k : -1;
    }
    return -1;
}

static int write_between(int from, int to, uintptr_t addr, int thread)
{
    for (int k = from + 1; k < to; k++)
        if (EVENT(k)->addr == addr && EVENT(k)->thread != thread &&
            is_write(EVENT(k)))
            return k;
    return -1;
}

static bool both_read(int other, const struct event *w)
{
    const char *name = il_place(w->addr);
    int low = other < w->thread ? other : w->thread;
    int high = other < w->thread ? w->thread : other;
    if (il_w.nthreads == 3 && low == 1)
        return say("both threads read %s before either wrote it", name);
    return say("threads %d and %d both read %s before either wrote it", low,
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
        return say("thread %d writes %s from a value that it read before "
                   "thread %d wrote: that update is lost",
                   w->thread, il_place(w->addr), EVENT(other)->thread);
    }
    return false;
}

/* Two critical sections of one thread with another thread's in between. */
static bool between_sections(void)
{
    for (int i = 0; i < il_w.nevents; i++) {
        const struct event *a = EVENT(i);
        if (a->kind != OP_LOCK || !a->shown)
            continue;
        int other = -1;
        for (int k = i + 1; k < il_w.nevents; k++) {
            const struct event *e = EVENT(k);
            if (e->kind != OP_LOCK || e->addr != a->addr)
                continue;
            if (e->thread != a->thread)
                other = e->thread;
            else if (other > 0 && a->thread > 0)
                return say("thread %d comes in between two locked sections of "
                           "thread %d: what that one learned in the first no "
                           "longer holds in the second",
                           other, a->thread);
            else
                break;
        }
    }
    return false;
}

/* A thread reads two variables; another has written one of them and not yet
 * the other, or writes one in between. */
static bool in_the_middle(void)
{
    for (int i = 0; i < il_w.nevents; i++) {
        const struct event *r = EVENT(i);
        if (!r->shown || !is_read(r) || r->thread == 0)
            continue;
        for (int k = i - 1; k >= 0; k--) {
            const struct event *w = EVENT(k);
            if (!is_write(w) || !w->shown || w->thread == r->thread ||
                w->thread == 0)
                continue;
            for (int n = i + 1; n < il_w.nevents; n++)
                if (EVENT(n)->thread == w->thread && EVENT(n)->shown &&
                    is_write(EVENT(n)))
                    return say("thread %d reads while thread %d is between "
                               "two of its writes",
                               r->thread, w->thread);
        }
    }
    return false;
}

static void assertion(void)
{
    if (old_value() || lost_update() || between_sections() || in_the_middle())
        return;
    say("with the steps in this order the result is wrong");
}

/* ---- two accesses that nothing orders ---- */

static const char *verb(const struct event *e)
{
    switch (e->kind) {
    case OP_FREE: return "frees";
    case OP_LOAD: return "loads";
    case OP_STORE: return "stores to";
    case OP_RMW:
    case OP_CAS: return "updates";
    default: return is_write(e) ? "writes" : "reads";
    }
}

static void race(void)
{
    if (il_w.culprit[0] < 0 || il_w.culprit[1] < 0) {
        say("two threads use the same memory and nothing orders them");
    } else {
        const struct event *a = EVENT(il_w.culprit[0]);
        const struct event *b = EVENT(il_w.culprit[1]);
        say("thread %d %s %s, thread %d %s it, and nothing orders the two",
            a->thread, verb(a), il_place(a->addr), b->thread, verb(b));
    }
    defaults("accesses by two threads are atomic or ordered",
             "a data race: the behaviour is undefined");
}

static void freed(void)
{
    if (il_w.culprit[0] >= 0 && il_w.culprit[1] >= 0) {
        const struct event *a = EVENT(il_w.culprit[0]);
        const struct event *b = EVENT(il_w.culprit[1]);
        if (b->kind == OP_FREE)
            say("thread %d frees memory that thread %d uses, and nothing "
                "orders the two",
                b->thread, a->thread);
        else
            say("thread %d uses %s after thread %d freed it", b->thread,
                il_place(b->addr), a->thread);
    } else {
        say("memory is freed while a thread may use it");
    }
    defaults("memory is used before it is freed", "used after");
}

static void freed_twice(void)
{
    say("thread %d frees a block that thread %d has freed already",
        EVENT(il_w.culprit[1])->thread, EVENT(il_w.culprit[0])->thread);
    defaults("each block is freed once", "freed twice");
}

/* ---- nobody goes on ---- */

static void append(const char *format, ...)
    __attribute__((format(printf, 1, 2)));
static void append(const char *format, ...)
{
    size_t used = strlen(il_w.sentence);
    va_list ap;
    va_start(ap, format);
    vsnprintf(il_w.sentence + used, sizeof il_w.sentence - used, format, ap);
    va_end(ap);
}

static void deadlock(void)
{
    if (!il_w.sentence[0])
        for (int i = 0; i < il_w.nthreads; i++) {
            const struct thread *t = &il_w.threads[i];
            if (t->ended ||
                (t->next.kind != OP_LOCK && t->next.kind != OP_RDLOCK))
                continue;
            int owner = il_lock_at(t->next.addr)->owner;
            append("%sthread %d waits for %s", il_w.sentence[0] ? "; " : "", i,
                   il_place(t->next.addr));
            if (owner >= 0)
                append(", which thread %d holds", owner);
        }
    defaults("every thread ends", "they wait for each other for ever");
}

static int signal_without_waiter(uintptr_t cond)
{
    for (int i = il_w.nevents - 1; i >= 0; i--) {
        const struct event *e = EVENT(i);
        if ((e->kind == OP_SIGNAL || e->kind == OP_BROADCAST) &&
            e->addr == cond && e->value == 0)
            return e->thread;
    }
    return -1;
}

static void lost_wakeup(void)
{
    for (int i = 0; i < il_w.nthreads; i++) {
        const struct thread *t = &il_w.threads[i];
        if (t->ended || t->waiting_on < 0 || t->woken)
            continue;
        uintptr_t cond = il_w.locks[t->waiting_on].addr;
        int early = signal_without_waiter(cond);
        if (early >= 0)
            say("thread %d signals %s before thread %d waits for it: the "
                "wake-up is lost",
                early, il_place(cond), i);
        else
            say("thread %d waits for %s and nobody is left to signal it", i,
                il_place(cond));
        break;
    }
    defaults("every thread that waits is woken", "one waits for ever");
}

static void livelock(void)
{
    for (int i = il_w.nevents - 1; i >= 0 && !il_w.sentence[0]; i--) {
        const struct event *e = EVENT(i);
        if (e->thread == il_w.cur || e->addr)
            say("thread %d looks at %s again and again, and nobody is left "
                "to change it",
                e->thread, il_place(e->addr));
    }
    defaults("every thread ends", "one turns for ever");
}

void il_sentence_make(void)
{
    switch (il_w.verdict) {
    case ASSERTION:
        if (!il_w.sentence[0])
            assertion();
        defaults("correct use", "not so");
        break;
    case RACE: race(); break;
    case USE_AFTER_FREE: freed(); break;
    case DOUBLE_FREE: freed_twice(); break;
    case DEADLOCK: deadlock(); break;
    case LOST_WAKEUP: lost_wakeup(); break;
    case LIVELOCK: livelock(); break;
    default: defaults("every thread ends normally", "not so"); break;
    }
}

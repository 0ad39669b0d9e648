/* SPDX-License-Identifier: MIT
 *
 * sentence.c - the failure in one sentence
 *
 * What the verdict alone says: which two accesses clash, who waits for whom,
 * which wake-up is lost. Why an expectation does not hold, patterns.c says.
 */
#include "sentence.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define EVENT(i) (&il_w.events[i])

bool il_say(const char *format, ...)
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

/* ---- two accesses that nothing orders ---- */

static const char *verb(const struct event *e)
{
    switch (e->kind) {
    case OP_FREE: return "frees";
    case OP_LOAD: return "loads";
    case OP_STORE: return "stores to";
    case OP_RMW:
    case OP_CAS: return "updates";
    default: return il_writes(e) ? "writes" : "reads";
    }
}

static void race(void)
{
    if (il_w.culprit[0] < 0 || il_w.culprit[1] < 0) {
        il_say("two threads use the same memory and nothing orders them");
    } else {
        const struct event *a = EVENT(il_w.culprit[0]);
        const struct event *b = EVENT(il_w.culprit[1]);
        il_say("thread %d %s %s, thread %d %s it, and nothing orders the two",
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
            il_say("thread %d frees memory that thread %d uses, and nothing "
                   "orders the two",
                   b->thread, a->thread);
        else
            il_say("thread %d uses %s after thread %d freed it", b->thread,
                   il_place(b->addr), a->thread);
    } else {
        il_say("memory is freed while a thread may use it");
    }
    defaults("memory is used before it is freed", "used after");
}

static void freed_twice(void)
{
    il_say("thread %d frees a block that thread %d has freed already",
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

/* A thread that holds the read-write lock for reading, or -1. */
static int reader_of(uintptr_t lock)
{
    for (int t = 0; t < il_w.nthreads; t++) {
        int holds = 0;
        for (int i = 0; i < il_w.nevents; i++) {
            const struct event *e = EVENT(i);
            if (e->thread != t || e->addr != lock)
                continue;
            holds += e->kind == OP_RDLOCK && e->value;
            holds -= e->kind == OP_UNLOCK && holds > 0;
        }
        if (holds > 0)
            return t;
    }
    return -1;
}

static void append_holder(int waits, uintptr_t lock)
{
    int owner = il_lock_at(lock)->owner;
    int reader = owner < 0 ? reader_of(lock) : -1;
    if (owner >= 0 && il_w.threads[owner].ended)
        append(", which thread %d never gave back", owner);
    else if (owner >= 0)
        append(", which thread %d holds", owner);
    else if (reader == waits)
        append(", which it holds for reading itself");
    else if (reader >= 0)
        append(", which thread %d holds for reading", reader);
}

static void deadlock(void)
{
    if (!il_w.sentence[0])
        for (int i = 0; i < il_w.nthreads; i++) {
            const struct thread *t = &il_w.threads[i];
            if (t->ended ||
                (t->next.kind != OP_LOCK && t->next.kind != OP_RDLOCK))
                continue;
            append("%s", il_w.sentence[0] ? "; " : "");
            if (i == 0)
                append("the main thread");
            else
                append("thread %d", i);
            append(" waits for %s", il_place(t->next.addr));
            append_holder(i, t->next.addr);
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
            il_say("thread %d signals %s before thread %d waits for it: the "
                   "wake-up is lost",
                   early, il_place(cond), i);
        else
            il_say("thread %d waits for %s and nobody is left to signal it", i,
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
            il_say("thread %d looks at %s again and again, and nobody is left "
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
            il_say_pattern();
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

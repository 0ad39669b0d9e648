/* SPDX-License-Identifier: MIT
 *
 * timeline.c - the failing execution as text, a column a thread; or spoken
 *
 * Left out are the steps before the threads start and after they end, those on
 * variables that only one thread uses, and a read that was just made with the
 * same result.
 */
#include "state.h"
#include <stdio.h>
#include <string.h>

enum { COLUMN = 34, LINE = 200, SHOWN = 80 };

#define EVENT(i) (&il_w.events[i])

/* Is it the address of a block, or of the beginning of a variable? */
static bool points(uint64_t v)
{
    size_t offset;
    return il_heap_block((uintptr_t)v, &offset) >= 0 ||
           (v > 4096 && il_symbol((uintptr_t)v, &offset) && offset == 0);
}

/* Numbers as the student wrote them. Many doubles are kept as their bits. */
static void number(char *out, size_t size, const struct event *e, uint64_t v)
{
    double d;
    memcpy(&d, &v, sizeof d);
    bool real = e->size == 8 && v >> 52 != 0 && v >> 52 != 0xfff &&
                ((d > 1e-9 && d < 1e15) || (d < -1e-9 && d > -1e15));
    if (e->size == UINT8_MAX) /* so many or more */
        snprintf(out, size, "many bytes");
    else if (e->size > 8)
        snprintf(out, size, "%u bytes", e->size);
    else if (real)
        snprintf(out, size, "%.6g", d);
    else if (e->size == 4)
        snprintf(out, size, "%d", (int32_t)v);
    else if (e->size == 8 && points(v))
        snprintf(out, size, "%s", il_place((uintptr_t)v));
    else if (e->size == 8 && v >= UINT64_C(1) << 62 && v >> 48 != 0xffff)
        snprintf(out, size, "%#llx", (unsigned long long)v);
    else
        snprintf(out, size, "%lld", (long long)v);
}

static const char *order_of(const struct event *e)
{
    static const char *const names[] = {" relaxed", " consume", " acquire",
                                        " release", " acq_rel", ""};
    return e->order < 6 ? names[e->order] : "";
}

static void describe_wake(const struct event *e, const char *name, char *out,
                          size_t size)
{
    const char *what = e->kind == OP_SIGNAL ? "signal" : "wakeup";
    int n = (int)e->value;
    if (n == -1)
        snprintf(out, size, "%s %s wakes main", what, name);
    else if (n < 0)
        snprintf(out, size, "%s %s wakes thread %d", what, name, -1 - n);
    else if (n == 0)
        snprintf(out, size, "%s %s wakes nobody", what, name);
    else
        snprintf(out, size, "%s %s wakes all %d", what, name, n);
}

static void describe(const struct event *e, char *out, size_t size)
{
    char v[40], old[40];
    const char *name = e->addr ? il_place(e->addr) : "";
    number(v, sizeof v, e, e->value);
    number(old, sizeof old, e, e->before);
    switch (e->kind) {
    case OP_READ: snprintf(out, size, "read   %s -> %s", name, v); break;
    case OP_WRITE:
        if (e - il_w.events == il_w.threads[e->thread].pending)
            snprintf(out, size, "write  %s", name);
        else
            snprintf(out, size, "write  %s = %s", name, v);
        break;
    case OP_LOAD:
        snprintf(out, size, "load   %s -> %s%s%s", name, v, order_of(e),
                 e->skipped ? " OLD" : "");
        break;
    case OP_STORE:
        snprintf(out, size, "store  %s = %s%s", name, v, order_of(e));
        break;
    case OP_RMW:
        snprintf(out, size, "update %s %s -> %s%s", name, old, v, order_of(e));
        break;
    case OP_CAS:
        if (e->wrote)
            snprintf(out, size, "cas    %s %s -> %s%s", name, old, v,
                     order_of(e));
        else
            snprintf(out, size, "cas    %s fails: %s%s", name, v,
                     e->skipped ? " OLD" : "");
        break;
    case OP_FENCE:
        snprintf(out, size, "fence %s",
                 e->order == SEQ_CST ? " seq_cst" : order_of(e));
        break;
    case OP_LOCK:
        snprintf(out, size, "lock   %s%s", name, e->value ? "" : " WAITS");
        break;
    case OP_RDLOCK: snprintf(out, size, "rdlock %s", name); break;
    case OP_TRYLOCK:
        snprintf(out, size, "try    %s: %s", name, e->value ? "got" : "busy");
        break;
    case OP_UNLOCK: snprintf(out, size, "unlock %s", name); break;
    case OP_WAIT: snprintf(out, size, "wait   %s", name); break;
    case OP_SIGNAL:
    case OP_BROADCAST: describe_wake(e, name, out, size); break;
    case OP_FREE: snprintf(out, size, "free   %s", name); break;
    default: snprintf(out, size, "?"); break;
    }
}

static bool structural(const struct event *e)
{
    return e->kind == OP_NONE || e->kind == OP_CREATE || e->kind == OP_JOIN ||
           e->kind == OP_EXIT || e->kind == OP_START;
}

/* A plain read of what the thread knows already: how often a compiler reads a
 * plain variable is its own affair. */
static bool knows(int i)
{
    const struct event *e = EVENT(i);
    for (int k = i - 1; k >= 0; k--) {
        const struct event *p = EVENT(k);
        if (p->addr == e->addr && (p->kind == OP_WRITE || p->wrote))
            return false;
        if (p->addr == e->addr && p->kind == OP_READ && p->thread == e->thread)
            return p->shown;
    }
    return false;
}

static bool repeats(int i)
{
    const struct event *e = EVENT(i);
    if (e->kind == OP_READ && knows(i))
        return true;
    if (e->kind != OP_LOAD && e->kind != OP_READ)
        return false;
    for (int k = i - 1; k >= 0; k--) {
        const struct event *p = EVENT(k);
        if (p->thread == e->thread && p->shown)
            return p->kind == e->kind && p->addr == e->addr &&
                   p->value == e->value && p->pc == e->pc;
    }
    return false;
}

/* The part of the execution in which there were several threads. */
static void span(int *from, int *to)
{
    *from = -1;
    *to = il_w.nevents;
    for (int i = 0; i < il_w.nevents; i++) {
        if (EVENT(i)->kind == OP_CREATE && *from < 0)
            *from = i;
        if (EVENT(i)->kind == OP_EXIT)
            *to = i;
    }
    if (*from < 0)
        *from = 0;
    if (il_w.live > 1)
        *to = il_w.nevents;
}

static bool culprit(int i)
{
    return i == il_w.culprit[0] || i == il_w.culprit[1];
}

/* A lock that only one of the two takes orders nothing, and is the cause of a
 * race: it is shown although no other thread uses it. */
static bool guards(const struct event *e)
{
    bool lock = e->kind == OP_LOCK || e->kind == OP_RDLOCK ||
                e->kind == OP_TRYLOCK || e->kind == OP_UNLOCK;
    if (!lock || il_w.verdict != RACE)
        return false;
    for (int i = 0; i < 2; i++)
        if (il_w.culprit[i] >= 0 && EVENT(il_w.culprit[i])->thread == e->thread)
            return true;
    return false;
}

static int select_steps(int *out, int max)
{
    int from, to, n = 0;
    span(&from, &to);
    for (int i = from; i < il_w.nevents; i++) {
        const struct event *e = EVENT(i);
        bool wanted = e->shown || guards(e);
        bool inside = i < to && wanted && !structural(e) && !repeats(i);
        if (!inside && !culprit(i))
            continue;
        if (n == max) {
            memmove(out, out + 1, (size_t)(max - 1) * sizeof *out);
            n--;
        }
        out[n++] = i;
    }
    return n;
}

/* What a thread calls, as the scenario says it; "" when it does not. */
static const char *does(int thread)
{
    const char *text = thread ? il_w.scenario->does[thread - 1] : NULL;
    return text ? text : "";
}

static int columns(const int *steps, int n, int *of)
{
    int count = 0;
    for (int t = 0; t < THREADS; t++) {
        of[t] = *does(t) ? count++ : -1;
        for (int i = 0; i < n && of[t] < 0; i++)
            if (EVENT(steps[i])->thread == t)
                of[t] = count++;
    }
    return count;
}

/* One cell a thread, each in its column. */
static void header(char *line, const int *column, int count, bool calls)
{
    int used = snprintf(line, LINE, "    ");
    for (int t = 0; t < THREADS && used < LINE - COLUMN - 8; t++)
        if (column[t] >= 0) {
            char name[COLUMN] = "main";
            if (t && calls)
                snprintf(name, sizeof name, "%s", does(t));
            else if (t)
                snprintf(name, sizeof name, "thread %d", t);
            used += snprintf(line + used, (size_t)(LINE - used), "%-*s",
                             column[t] == count - 1 ? 1 : COLUMN, name);
        }
}

static void where(char *out, size_t size, uintptr_t pc)
{
    const char *path;
    int line;
    out[0] = '\0';
    if (!pc || !il_source(pc, &path, &line))
        return;
    const char *base = strrchr(path, '/');
    snprintf(out, size, "%.40s:%d", base ? base + 1 : path, line);
}

/* One step, where its thread's column is. */
static void cell(char *text, const int *column, const struct event *e)
{
    char what[96];
    int c = column[e->thread] < 4 ? column[e->thread] : 3;
    describe(e, what, sizeof what);
    snprintf(text, LINE, "%*s%s", c * COLUMN, "", what);
}

/* Runs of spaces are one. */
static void squeeze(char *text)
{
    char *out = text;
    for (const char *p = text; *p; p++)
        if (*p != ' ' || p[1] != ' ')
            *out++ = *p;
    *out = '\0';
}

/* For those who hear a timeline: columns say nothing then. */
static int spoken(char lines[][LINE], const int *steps, int n)
{
    int out = 0;
    for (int t = 1; t < THREADS; t++)
        if (*does(t))
            snprintf(lines[out++], LINE, "Thread %d: %.160s.", t, does(t));
    for (int i = 0; i < n; i++) {
        const struct event *e = EVENT(steps[i]);
        char what[96], place[64], who[24] = "main";
        describe(e, what, sizeof what);
        squeeze(what);
        where(place, sizeof place, e->pc);
        if (e->thread)
            snprintf(who, sizeof who, "thread %d", e->thread);
        snprintf(lines[out++], LINE, "Step %d, %s: %s%s%s%s.", i + 1, who, what,
                 *place ? ", " : "", place,
                 culprit(steps[i]) ? ", marked" : "");
    }
    return out;
}

int il_timeline(char lines[][LINE], int max)
{
    int steps[SHOWN], column[THREADS];
    int room = max - (il_o.spoken ? THREADS : 3); /* for what stands before */
    int n = select_steps(steps, SHOWN < room ? SHOWN : room), out = 0;
    int count = columns(steps, n, column);
    char text[LINE], place[64];
    if (count == 0)
        return 0;
    if (il_o.spoken)
        return spoken(lines, steps, n);
    header(lines[out++], column, count, false);
    if (*does(1))
        header(lines[out++], column, count, true);
    /* at most four columns fit a line; more threads share the last */
    int width = (count > 4 ? 4 : count) * COLUMN;
    for (int i = 0; i < n; i++) {
        cell(text, column, EVENT(steps[i]));
        int needed = (int)strlen(text) + 2;
        width = needed > width ? needed : width;
    }
    width = width < LINE - 60 ? width : LINE - 60;
    for (int i = 0; i < n; i++) {
        const struct event *e = EVENT(steps[i]);
        cell(text, column, e);
        where(place, sizeof place, e->pc);
        snprintf(lines[out++], LINE, "%2d  %-*.*s%s%s", i + 1, width, width,
                 text, place, culprit(steps[i]) ? "  <--" : "");
    }
    return out;
}

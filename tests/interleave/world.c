/* SPDX-License-Identifier: MIT
 *
 * world.c - one execution: from the first state to its end, however it ends
 *
 * An execution ends when the main thread returns, or anywhere by il_stop()
 * with a verdict. Nothing of it is unwound: the fibres are dropped, and the
 * next execution makes new ones. The variables of the program under test are
 * in two sections of their own (build.sh renames .data and .bss), so putting
 * them back costs two copies.
 */
#include "redirect.h"
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>

struct world il_w;
struct search il_s;
struct options il_o;

const char *const il_verdict_names[VERDICTS] = {
    "passed",           "race",        "assertion",
    "deadlock",         "livelock",    "lost-wakeup",
    "use-after-free",   "double-free", "crash",
    "not-linearizable", "inconclusive"};

/* ---- sections ---- */

extern char __start_il_data[] __attribute__((weak));
extern char __stop_il_data[] __attribute__((weak));
extern char __start_il_bss[] __attribute__((weak));
extern char __stop_il_bss[] __attribute__((weak));

static struct section {
    char *start, *copy;
    size_t size;
} sections[2];

static void keep(struct section *s, char *start, char *stop)
{
    if (!start)
        return;
    s->start = start;
    s->size = (size_t)(stop - start);
    s->copy = malloc(s->size + 1);
    if (!s->copy)
        abort();
    memcpy(s->copy, start, s->size);
}

void il_sections_init(void)
{
    keep(&sections[0], __start_il_data, __stop_il_data);
    keep(&sections[1], __start_il_bss, __stop_il_bss);
}

static void restore(void)
{
    for (int i = 0; i < 2; i++)
        if (sections[i].size)
            memcpy(sections[i].start, sections[i].copy, sections[i].size);
}

/* ---- ends ---- */

void il_abandon(void)
{
    il_w.aborted = true;
    il_w.running = false;
    il_fibre_leave();
}

void il_expected(const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    vsnprintf(il_w.expected, sizeof il_w.expected, format, ap);
    va_end(ap);
}

void il_got(const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    vsnprintf(il_w.got, sizeof il_w.got, format, ap);
    va_end(ap);
}

void il_culprit(int first, int second)
{
    il_w.culprit[0] = first;
    il_w.culprit[1] = second;
}

void il_stop(enum verdict v, const char *format, ...)
{
    va_list ap;
    il_w.running = false;
    va_start(ap, format);
    vsnprintf(il_w.sentence, sizeof il_w.sentence, format, ap);
    va_end(ap);
    il_w.verdict = v;
    il_fibre_leave();
}

/* ---- events ---- */

static void value_now_known(struct thread *t)
{
    struct event *e = &il_w.events[t->pending];
    if (e->size == 1 || e->size == 2 || e->size == 4 || e->size == 8)
        memcpy(&e->value, (void *)e->addr, e->size);
    t->pending = -1;
}

struct event *il_log(const struct op *op)
{
    if (ME->pending >= 0)
        value_now_known(ME);
    if (il_w.nevents >= EVENTS)
        il_stop(INCONCLUSIVE, "an execution has more than %d steps", EVENTS);
    struct event *e = &il_w.events[il_w.nevents++];
    memset(e, 0, sizeof *e);
    e->thread = (uint8_t)il_w.cur;
    e->kind = op->kind;
    e->order = op->order;
    e->size = op->size;
    e->addr = op->addr;
    e->pc = op->pc;
    e->loc = e->rf = e->earlier = e->mo_next = -1;
    if (op->kind == OP_READ && op->size <= 8)
        memcpy(&e->value, (void *)op->addr, op->size);
    if (op->kind == OP_WRITE && op->size <= 8)
        memcpy(&e->before, (void *)op->addr, op->size);
    return e;
}

/* ---- signals ---- */

static void on_crash(int number, siginfo_t *info, void *context)
{
    (void)context;
    if (!il_w.running) {
        signal(number, SIG_DFL);
        raise(number);
        return;
    }
    const char *name = number == SIGSEGV  ? "SIGSEGV"
                       : number == SIGBUS ? "SIGBUS"
                       : number == SIGFPE ? "SIGFPE"
                       : number == SIGILL ? "SIGILL"
                                          : "SIGABRT";
    il_got("%s at address %p", name, info->si_addr);
    if (number == SIGABRT)
        il_got("SIGABRT");
    il_stop(CRASH, "thread %d crashes: %s", il_w.cur, name);
}

/* A loop without any step cannot be stopped by the scheduler. */
static void on_alarm(int number)
{
    static uint32_t execution;
    static int steps, alarms;
    (void)number;
    if (!il_w.running || execution != il_w.stamp || steps != il_w.steps) {
        execution = il_w.stamp;
        steps = il_w.steps;
        alarms = 0;
    } else if (++alarms >= 2) {
        alarms = 0;
        il_stop(LIVELOCK,
                "thread %d runs without end and touches nothing shared",
                il_w.cur);
    }
}

void il_signals_init(void)
{
    static char stack[64 * 1024];
    stack_t s = {.ss_sp = stack, .ss_size = sizeof stack};
    struct sigaction crash = {.sa_sigaction = on_crash,
                              .sa_flags = SA_ONSTACK | SA_SIGINFO | SA_NODEFER};
    struct sigaction alarm = {.sa_handler = on_alarm,
                              .sa_flags = SA_ONSTACK | SA_NODEFER | SA_RESTART};
    static const int crashes[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
    struct itimerval second = {{1, 0}, {1, 0}};
    sigaltstack(&s, NULL);
    for (size_t i = 0; i < sizeof crashes / sizeof *crashes; i++)
        sigaction(crashes[i], &crash, NULL);
    sigaction(SIGVTALRM, &alarm, NULL);
    setitimer(ITIMER_VIRTUAL, &second, NULL);
}

/* ---- the execution ---- */

static void *run_thread(void *function)
{
    ((void (*)(void))(uintptr_t)function)();
    return NULL;
}

static void *run_main(void *unused)
{
    const struct il_scenario *s = il_w.scenario;
    int ids[IL_MAX_THREADS], n = 0;
    (void)unused;
    if (s->setup)
        s->setup();
    for (; n < IL_MAX_THREADS && s->threads[n]; n++)
        ids[n] = il_start_thread(run_thread, (void *)(uintptr_t)s->threads[n]);
    for (int i = 0; i < n; i++)
        il_thread_join(ids[i], NULL, 0);
    if (s->check)
        s->check();
    if (s->spec)
        il_linear_check();
    il_w.running = false;
    il_fibre_leave();
    return NULL;
}

static void clear(const struct il_scenario *s)
{
    il_w.stamp++;
    il_w.aborted = il_w.skipped = false;
    il_w.nthreads = il_w.live = il_w.nevents = il_w.nlocs = il_w.nlocks = 0;
    il_w.steps = il_w.shown = il_w.seq_cst = 0;
    il_w.preemptions = il_w.stale = il_w.forced = il_w.sleeping = 0;
    il_w.verdict = PASSED;
    il_w.sentence[0] = il_w.expected[0] = il_w.got[0] = '\0';
    il_w.plain = 0;
    il_w.ncalls = 0;
    il_w.scenario = s;
    il_culprit(-1, -1);
    memset(il_w.keys, 0, sizeof il_w.keys);
    il_names_reset();
}

void il_execute(const struct il_scenario *s)
{
    clear(s);
    restore();
    il_heap_reset();
    il_thread_create(run_main, NULL, 0);
    il_w.running = true;
    il_fibre_enter(0);
}

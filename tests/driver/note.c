/* SPDX-License-Identifier: MIT
 *
 * note.c - where the submission was when its process ended
 */
#include "note.h"

#include "guard.h"
#include "wire/leash.h"

#include <dlfcn.h>
#include <execinfo.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>
#include <unistd.h>

enum { FRAMES = 48, STACK = 1 << 16 };

static int to_warden;
static const char *object;

static void send_note(const struct note *n)
{
    if (write(to_warden, n, sizeof *n) < 0)
        return; /* no warden: nobody to tell */
}

/* Where the processor was; the architectures of Debian's desktop and ARM
 * ports. */
static void *interrupted_at(const ucontext_t *u)
{
#if defined(__x86_64__)
    return (void *)u->uc_mcontext.gregs[REG_RIP];
#elif defined(__aarch64__)
    return (void *)u->uc_mcontext.pc;
#else
    (void)u;
    return NULL;
#endif
}

/* The innermost frame that lies in the submission. */
static uint64_t place_in_object(void *at)
{
    void *pc[FRAMES];
    int n = backtrace(pc, FRAMES);

    for (int i = 0; i < n; i++) {
        Dl_info info;
        if (!dladdr(pc[i], &info) || !info.dli_fname ||
            strcmp(info.dli_fname, object) != 0)
            continue;
        uint64_t offset = (uint64_t)((char *)pc[i] - (char *)info.dli_fbase);
        return pc[i] == at ? offset : offset - 1; /* a call returns past it */
    }
    return 0;
}

/* The kernel tells no address when a pointer is none that a process can have
 * (not canonical, on x86). */
static enum leash_why why_of(const siginfo_t *info)
{
    uintptr_t at = (uintptr_t)info->si_addr;

    if (info->si_code == SI_KERNEL)
        return LEASH_WHY_GARBAGE;
    if (at < 4096)
        return LEASH_WHY_NULL;
    switch (guard_knows(info->si_addr)) {
    case GUARD_GONE: return LEASH_WHY_GONE;
    case GUARD_LIVE: return LEASH_WHY_PAST;
    default: return LEASH_WHY_UNKNOWN;
    }
}

static void note_signal(int number, siginfo_t *info, void *context)
{
    struct note n = {.what = NOTE_PLACE, .forbidden = -1};

    if (number == SIGSYS)
        n.forbidden = info->si_syscall;
    if (number == SIGSEGV)
        n.why = (int)why_of(info);
    n.address = place_in_object(interrupted_at(context));
    send_note(&n);
}

/* The thread that came here first tells where it was, and ends the process.
 * Another one that crashes meanwhile waits for that end: it must not come
 * before the note. Back here a second time is a thread whose stack is so
 * broken that it cannot be told. */
static void on_signal(int number, siginfo_t *info, void *context)
{
    static atomic_int first;
    int mine = gettid(), before = 0;

    atomic_compare_exchange_strong(&first, &before, mine);
    while (before != 0 && before != mine)
        pause();
    if (before == 0)
        note_signal(number, info, context);
    signal(number, SIG_DFL);
    raise(number);
}

void note_install(int socket, const char *submission, int sanitized)
{
    static const int signals[] = {SIGQUIT, SIGSYS, SIGPIPE, SIGSEGV, SIGBUS,
                                  SIGFPE,  SIGILL, SIGABRT, SIGTRAP};
    static char stack[STACK];
    struct sigaction action = {.sa_sigaction = on_signal,
                               .sa_flags =
                                   SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
    void *warm[1];

    to_warden = socket;
    object = submission;
    backtrace(warm, 1); /* its first call allocates: not in a handler */
    if (!sanitized)
        sigaltstack(&(stack_t){.ss_sp = stack, .ss_size = sizeof stack}, NULL);
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        if (sanitized && i >= 3)
            break; /* the sanitizer tells more about the others */
        sigaction(signals[i], &action, NULL);
    }
}

static _Noreturn void tell(enum note_what what, const char *text)
{
    struct note n = {.what = what, .forbidden = -1};

    snprintf(n.text, sizeof n.text, "%s", text);
    send_note(&n);
    _exit(123);
}

_Noreturn void note_missing(const char *function)
{
    tell(NOTE_MISSING, function);
}

_Noreturn void note_unloadable(const char *reason)
{
    tell(NOTE_UNLOADABLE, reason);
}

/* SPDX-License-Identifier: MIT
 *
 * fate.c - what became of a driver, as one sentence
 */
#include "fate.h"

#include <seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

/* How a scenario ends when it cannot go on, see suites/. */
enum { A_CALL_FAILED = 118 };

/* The sanitizers' own names for what they find, and ours. The order matters:
 * the first that occurs in the report is told. */
static const struct {
    const char *theirs, *ours;
} findings[] = {
    {"ThreadSanitizer: data race", "a data race: two threads use the same "
                                   "memory at once, and one writes"},
    {"ThreadSanitizer: heap-use-after-free", "uses memory after its free"},
    {"ThreadSanitizer: double lock", "locks a mutex that it holds already"},
    {"ThreadSanitizer: unlock of an unlocked",
     "unlocks a mutex that is not locked"},
    {"ThreadSanitizer: destroy of a locked", "destroys a locked mutex"},
    {"ThreadSanitizer: use of an invalid mutex",
     "uses a mutex before its creation or after its destruction"},
    {"ThreadSanitizer: lock-order-inversion",
     "takes two locks in two orders, which can end in a deadlock"},
    {"Sanitizer: SEGV", "uses an address that is not its own"},
    {"ThreadSanitizer:", "a fault that ThreadSanitizer found"},
    {"heap-use-after-free", "uses memory after its free"},
    {"attempting double-free", "frees the same memory twice"},
    {"attempting free on address which was not malloc",
     "frees what malloc did not give"},
    {"heap-buffer-overflow", "reads or writes past the end of its memory"},
    {"stack-buffer-overflow", "reads or writes past the end of an array"},
    {"global-buffer-overflow", "reads or writes past the end of an array"},
    {"stack-use-after-return",
     "uses a local variable after its function has returned"},
    {"requested allocation size", "asks for more memory than there can be"},
    {"LeakSanitizer: detected memory leaks",
     "leaks memory: what it allocates is never freed"},
    {"signed integer overflow", "overflows a signed integer, which C leaves "
                                "undefined"},
    {"is outside the range of representable values",
     "turns a double into an integer type that cannot hold it, which C leaves "
     "undefined"},
    {"shift exponent", "shifts by more bits than there are, which C leaves "
                       "undefined"},
    {"division by zero", "divides by zero"},
    {"misaligned address", "uses a misaligned address"},
    {"null pointer", "uses a null pointer"},
    {"runtime error:", "does what C leaves undefined"},
    {"hard rss limit exhausted", "uses more memory than a test may"},
    {"AddressSanitizer:", "a fault that AddressSanitizer found"},
};

/* Two threads that use a null pointer race for the first page, unless one has
 * crashed before the other comes: that is luck, and one mistake. ThreadSanitizer
 * takes the address from its shadow memory, and the first page has none: gcc's
 * then says 0x780000000000 for NULL, where no program can have memory. */
static bool is_null_page(const char *report)
{
    return strstr(report, " at 0x000000000") ||
           strstr(report, " at 0x780000000") ||
           strstr(report, "unknown address 0x000000000");
}

const char *fate_finding(const char *report)
{
    if (is_null_page(report))
        return "uses a null pointer";
    for (size_t i = 0; i < sizeof findings / sizeof *findings; i++)
        if (strstr(report, findings[i].theirs))
            return findings[i].ours;
    return NULL;
}

/* UndefinedBehaviorSanitizer names the line itself: "/src/a.c:3:5: runtime
 * error: ...". */
static void place_of_runtime_error(const char *report, char *place, size_t size)
{
    const char *p = strstr(report, ": runtime error:"), *start = p;
    int colons = 0;

    *place = '\0';
    if (!p)
        return;
    while (start > report && start[-1] != '/' && start[-1] != '\n')
        start--;
    const char *end = start;
    while (end < p && !(*end == ':' && ++colons == 2))
        end++;
    snprintf(place, size, "%.*s", (int)(end - start), start);
}

static void forbidden_call(char *text, size_t size, int number)
{
    char *name = seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, number);

    snprintf(text, size, "made a system call that is not allowed: %s",
             name ? name : "unknown");
    free(name);
}

static const char *const crash_whys[] = {
    [LEASH_WHY_UNKNOWN] = "",
    [LEASH_WHY_NULL] = ", uses a null pointer",
    [LEASH_WHY_GARBAGE] = ", uses a pointer that is no address (was it set? "
                          "malloc() does not clear what it gives)",
    [LEASH_WHY_GONE] = ", uses what an earlier call was given, and the caller "
                       "has taken back (what is kept must be copied)",
    [LEASH_WHY_PAST] = ", goes past the end of what the call was given",
};

static void crashed(char *text, size_t size, int number, enum leash_why why)
{
    snprintf(text, size, "crashed: SIG%s%s", sigabbrev_np(number),
             why <= LEASH_WHY_PAST ? crash_whys[why] : "");
}

static void killed_by(char *text, size_t size, int number,
                      const struct leash_news *news)
{
    if (number == SIGSYS)
        forbidden_call(text, size, news->forbidden);
    else if (number == SIGXFSZ)
        snprintf(text, size, "wrote more output than a test may (1 MiB)");
    else
        crashed(text, size, number, news->why);
}

/* What it did, without where. */
static void deed(char *text, size_t size, const struct leash_news *news,
                 const char *output)
{
    const char *finding = fate_finding(output);

    if (*news->missing)
        snprintf(text, size, "the function %s is missing", news->missing);
    else if (finding)
        snprintf(text, size, "%s", finding);
    else if (*news->unloadable)
        snprintf(text, size, "could not be loaded: %s", news->unloadable);
    else if (news->what == LEASH_HUNG)
        snprintf(text, size, "hung: no answer");
    else if (news->stopped)
        snprintf(text, size, "stopped itself: SIG%s",
                 sigabbrev_np(WSTOPSIG(news->status)));
    else if (news->outlived)
        snprintf(text, size, "closed the connection to the test");
    else if (WIFSIGNALED(news->status))
        killed_by(text, size, WTERMSIG(news->status), news);
    else if (WEXITSTATUS(news->status) == A_CALL_FAILED)
        snprintf(text, size,
                 "a call returned an error, or NULL, that has to succeed here");
    else
        snprintf(text, size, "called exit(%d)", WEXITSTATUS(news->status));
}

void fate_sentence(char *text, size_t size, const struct leash_news *news,
                   const char *function, unsigned call, const char *output)
{
    char what[300], line[LEASH_PLACE];

    deed(what, sizeof what, news, output);
    place_of_runtime_error(output, line, sizeof line);
    if (!*line)
        snprintf(line, sizeof line, "%s", news->place[0]);
    const char *before =
        strncmp(what, "leaks", 5) == 0 ? ", allocated at " : ", ";
    const char *other = is_null_page(output) ? "" : news->place[1];
    snprintf(text, size, "%s, in %s (call %u)%s%s%s%s", what, function, call,
             *line ? before : "", line, *other ? " and " : "", other);
}

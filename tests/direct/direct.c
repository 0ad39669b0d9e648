/* SPDX-License-Identifier: MIT
 *
 * direct.c - one test and the submission in one process, for a debugger
 *
 *     direct SUBMISSION.so TEST [FOLDER]     of texts that are handed in
 *
 * The same suites, without judge, wire and sandbox: what a test calls is the
 * submission's function itself. An expectation that is not met raises
 * SIGTRAP, where a debugger stops with the test on the stack. Never used for a
 * verdict. Exit: 0 the test passes, 1 it fails, 2 usage.
 */
#include "driver/note.h"
#include "driver/reach.h"
#include "driver/scenario.h"
#include "driver/theirs.h"
#include "judge/judge.h"
#include "judge/message.h"
#include "judge/room.h"
#include "judge/texts.h"
#include "wire/frame.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- what judge/ does over the wire, done here ---- */

void judge_open(void)
{
}

void judge_finish(void)
{
}

static _Noreturn void fail(const char *expected, const char *got)
{
    printf("FAIL\n  expected  %s\n  got       %s\n", expected, got);
    fflush(stdout);
    signal(SIGTRAP, SIG_IGN); /* a debugger sees it all the same */
    raise(SIGTRAP);
    exit(1);
}

_Noreturn void message_send(const char *status, const char *expected,
                            const char *got)
{
    (void)status;
    fail(expected, got);
}

_Noreturn void note_missing(const char *function)
{
    fail("the contract's functions are there", function);
}

void scenario(const char *name, const double *in, size_t n, double *out,
              size_t m)
{
    const struct scenario *s = scenario_find(name);

    (void)n;
    (void)m;
    if (!s)
        fail("a scenario of this name", name);
    s->run(in, out);
}

double scenario_value(const char *name, const double *in, size_t n)
{
    double out = 0;

    scenario(name, in, n, &out, 1);
    return out;
}

/* ---- clients of a server: here they are in its process ---- */

enum { CLIENT_MS = 600000 }; /* somebody may be looking around */

int connect_to_host(int host, int port)
{
    return reach_connect((uint8_t)host, (uint16_t)port);
}

int connect_to(int port)
{
    return connect_to_host(1, port);
}

struct held count_held(void)
{
    struct leash_count c = {0};

    reach_count(getpid(), &c);
    return (struct held){c.descriptors, c.threads, c.memory_bytes};
}

int64_t client_deadline(void)
{
    return clock_ms() + CLIENT_MS;
}

bool client_is_impatient(void)
{
    return false;
}

_Noreturn void client_late(const char *expected, const char *got)
{
    fail(expected, got);
}

void client_lost(void)
{
}

void client_step(const char *format, ...)
{
    va_list list;

    va_start(list, format);
    printf("  ");
    vprintf(format, list);
    printf("\n");
    va_end(list);
}

/* ---- choosing the test ---- */

extern struct criterion_test *const __start_cr_tst[];
extern struct criterion_test *const __stop_cr_tst[];

static const struct graded *find(const char *name)
{
    for (struct criterion_test *const *t = __start_cr_tst; t < __stop_cr_tst;
         t++)
        if (*t && strcmp((*t)->name, name) == 0)
            return (*t)->data->data;
    return NULL;
}

static int list(const char *name)
{
    fprintf(stderr, "there is no test \"%s\". The tests are:\n", name);
    for (struct criterion_test *const *t = __start_cr_tst; t < __stop_cr_tst;
         t++)
        if (*t)
            fprintf(stderr, "  %s\n", (*t)->name);
    return 2;
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "room") == 0)
        room_main();
    if (argc < 3 || argc > 4) {
        fprintf(stderr, "usage: direct SUBMISSION.so TEST [FOLDER]\n");
        return 2;
    }
    texts_are_in(argv[3]);
    const struct graded *test = find(argv[2]);
    if (!test)
        return list(argv[2]);
    const char *problem = theirs_load(argv[1]);
    if (problem)
        fail("the submission can be loaded", problem);
    printf("%s\n  \"%s\"\n", argv[2], test->sentence);
    fflush(stdout);
    test->body();
    printf("PASS\n");
    return 0;
}

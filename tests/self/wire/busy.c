/* SPDX-License-Identifier: MIT
 *
 * busy.c - a driver that hardly gets a processor has not hung
 *
 * These tests make the load themselves, ten processes that only spin, on the one
 * processor where wire.t keeps them.
 */
#include "judge/judge.h"

#include <signal.h>
#include <sys/prctl.h>
#include <unistd.h>

#define SUITE busy

enum { LOAD = 10 };

static pid_t load[LOAD];

/* They end with the test, also when it fails. */
static void begin_load(void)
{
    pid_t test = getpid();

    for (int i = 0; i < LOAD; i++) {
        load[i] = fork();
        if (load[i] != 0)
            continue;
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        while (getppid() == test)
            ;
        _exit(0);
    }
}

static void end_load(void)
{
    for (int i = 0; i < LOAD; i++)
        if (load[i] > 0)
            kill(load[i], SIGKILL);
}

/* 0.25 s of work, of which it gets an eleventh or less: 2.75 s or more, where 2
 * are allowed. */
GRADED(a_driver_that_waits_for_a_processor, 1, "")
{
    EXPECT_STR(met_probe_echo("before"), "before");
    begin_load();
    met_probe_work(250);
    end_load();
    EXPECT_STR(met_probe_echo("after"), "after");
}

/* It waits for a processor as the other does, so it is waited for; but not for
 * ever. */
GRADED(hang_among_others, 1,
       "hung: no answer, in met_probe_misbehave (call 1)*")
{
    begin_load();
    met_probe_misbehave("hang");
    end_load();
}

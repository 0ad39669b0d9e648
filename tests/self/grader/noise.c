/* SPDX-License-Identifier: MIT
 *
 * noise.c - on each processor, work that comes every few microseconds
 *
 *     noise PROCESSES    so many on each; until it is killed
 *
 * The kernel lets a process that has slept run before one that computes. So
 * no other thread runs for long without an interruption, and all of them still
 * get on.
 */
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

enum { PAUSE_NS = 20000, TURNS = 3000 };

static _Noreturn void disturb(int cpu)
{
    cpu_set_t mine;

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    prctl(PR_SET_TIMERSLACK, 1);
    CPU_ZERO(&mine);
    CPU_SET(cpu, &mine);
    sched_setaffinity(0, sizeof mine, &mine);
    for (;;) {
        nanosleep(&(struct timespec){0, PAUSE_NS}, NULL);
        for (volatile int i = 0; i < TURNS; i++)
            ;
    }
}

int main(int argc, char **argv)
{
    int processes = argc == 2 ? atoi(argv[1]) : 0;
    cpu_set_t all;

    if (processes < 1 || sched_getaffinity(0, sizeof all, &all) != 0) {
        fprintf(stderr, "usage: noise PROCESSES\n");
        return 2;
    }
    for (int cpu = 0; cpu < CPU_SETSIZE; cpu++)
        for (int i = 0; i < processes && CPU_ISSET(cpu, &all); i++)
            if (fork() == 0)
                disturb(cpu);
    pause();
}

/* SPDX-License-Identifier: MIT
 *
 * noise.c - on each processor, a moment of other work every 50 microseconds
 *
 *     noise              until it is killed; status 3: not allowed here
 *
 * It has real-time priority, so nothing else runs for longer without an
 * interruption; and it takes so little time that all others get on.
 */
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

enum { PAUSE_NS = 50000 };

static _Noreturn void disturb(int cpu)
{
    cpu_set_t mine;

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    CPU_ZERO(&mine);
    CPU_SET(cpu, &mine);
    sched_setaffinity(0, sizeof mine, &mine);
    for (;;)
        nanosleep(&(struct timespec){0, PAUSE_NS}, NULL);
}

int main(void)
{
    struct sched_param lowest = {.sched_priority = 1};
    cpu_set_t all;

    if (sched_setscheduler(0, SCHED_FIFO, &lowest) != 0 ||
        sched_getaffinity(0, sizeof all, &all) != 0) {
        perror("noise");
        return 3;
    }
    for (int cpu = 0; cpu < CPU_SETSIZE; cpu++)
        if (CPU_ISSET(cpu, &all) && fork() == 0)
            disturb(cpu);
    pause();
}

/* SPDX-License-Identifier: MIT
 *
 * doctor.c - grade doctor: what protects this machine, and what does not
 */
#include "class.h"

#include "grader/compile.h"
#include "support/box.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#ifndef SYS_landlock_create_ruleset
#define SYS_landlock_create_ruleset 444
#endif

static void say(bool there, const char *what, const char *detail)
{
    printf("  %-7s %-22s %s\n", there ? "yes" : "NO", what, detail);
}

/* Whether a child may have namespaces of this kind. */
static bool can_unshare(int flags)
{
    int status = 1;

    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0)
        _exit(unshare(flags | (geteuid() ? CLONE_NEWUSER : 0)) != 0);
    return pid > 0 && waitpid(pid, &status, 0) == pid && status == 0;
}

static bool has_seccomp(void)
{
    return prctl(PR_GET_SECCOMP) >= 0 &&
           syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, NULL) < 0 &&
           errno == EFAULT;
}

static bool has_landlock(void)
{
    return syscall(SYS_landlock_create_ruleset, NULL, 0, 1) > 0;
}

static bool has_program(const char *name)
{
    char command[128];

    snprintf(command, sizeof command, "command -v %s >/dev/null 2>&1", name);
    return system(command) == 0;
}

static void say_engines(void)
{
    say(has_program("parallel"), "GNU parallel", "gradings side by side here");
    say(has_program("sbatch"), "Slurm",
        "gradings on many machines; not needed for one");
    say(has_program("sim_c"), "sim_c",
        "pairs that are alike; not needed for marks");
}

int class_doctor(int argc, char **argv, const struct course *c)
{
    bool box = compile_can_box();
    bool root = geteuid() == 0;

    (void)argc;
    (void)argv;
    printf("\n  What keeps a submission from marks, files and others:\n\n");
    say(can_unshare(CLONE_NEWPID), "process namespaces",
        "it sees no process but its own; all of them end with it");
    say(can_unshare(CLONE_NEWNET), "network namespaces", "it has no network");
    say(can_unshare(CLONE_NEWNS), "mount namespaces",
        "it sees no file but what it is given");
    say(box_program() != NULL, "bubblewrap",
        box_program() ? box_program() : "apt-get install bubblewrap");
    say(box, "a sandbox works", "tried just now");
    say(has_seccomp(), "seccomp", "the kernel can refuse it system calls");
    say(access("/sys/fs/cgroup/cgroup.controllers", R_OK) == 0, "cgroups 2",
        "not used: limits are those of setrlimit(2), for each process");
    say(has_landlock(), "Landlock",
        "the kernel can refuse it files, also where there is no sandbox");
    printf("\n  You are %s: submissions run as %s.\n\n",
           root ? "root" : "an ordinary user",
           root ? "a user of no name, never as root"
                : "you, without any privilege");
    say_engines();
    printf("\n  %zu labs are known. %s\n", c->lab_count,
           box ? "A class can be graded here."
               : "UNSANDBOXED: a class is not graded here. Allow user "
                 "namespaces (sysctl kernel.unprivileged_userns_clone=1, or "
                 "another container setting), or use another machine.");
    return box ? 0 : 3;
}

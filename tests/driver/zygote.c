/* SPDX-License-Identifier: MIT
 *
 * zygote.c - the first process in the sandbox: one warden a test
 *
 * The judge starts one sandbox a suite, and the zygote is its first process.
 * It never loads a submission. For each test that connects it makes a warden,
 * with namespaces of the test's own: users, processes, mounts, IPC. So a test
 * starts in milliseconds, and still from a clean state.
 *
 * Started by the judge only: LEASH_FD_LISTEN listens, LEASH_FD_READY takes
 * one byte when tests can come, and the environment is that of leash.h.
 */
#include "dispatch.h"
#include "warden.h"
#include "wire/leash.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { OWN = CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNS | CLONE_NEWIPC };

static bool put_file(const char *path, const char *text)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    bool put =
        fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text);

    close(fd);
    return put;
}

/* In a new set of namespaces: the same user as before, and a /proc and a /tmp
 * of the test's own. LeakSanitizer looks itself up in /proc by its number. */
static bool settle(unsigned uid, unsigned gid)
{
    char uids[40], gids[40];

    snprintf(uids, sizeof uids, "%u %u 1", uid, uid);
    snprintf(gids, sizeof gids, "%u %u 1", gid, gid);
    return put_file("/proc/self/uid_map", uids) &&
           put_file("/proc/self/setgroups", "deny") &&
           put_file("/proc/self/gid_map", gids) &&
           mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC,
                 NULL) == 0 &&
           mount("tmp", "/tmp", "tmpfs", MS_NOSUID | MS_NODEV, "size=16m") ==
               0 &&
           chdir("/tmp") == 0;
}

/* fork(2), into namespaces of its own if there are any. In the child returns
 * 0 when all is set up; a child that cannot be set up exits with 1. */
static pid_t fork_apart(bool namespaces)
{
    unsigned uid = getuid(), gid = getgid();

    if (!namespaces)
        return fork();
    pid_t pid = (pid_t)syscall(SYS_clone, OWN | SIGCHLD, 0, 0, 0, 0);
    if (pid == 0) {
        /* /proc/self is root's while the process cannot be dumped */
        prctl(PR_SET_DUMPABLE, 1);
        if (!settle(uid, gid))
            _exit(1);
        prctl(PR_SET_DUMPABLE, 0);
    }
    return pid;
}

/* Whether a test could have its namespaces here. */
static bool can_fork_apart(bool namespaces)
{
    int status;
    pid_t pid = fork_apart(namespaces);

    if (pid == 0)
        _exit(0);
    return pid > 0 && waitpid(pid, &status, 0) == pid && status == 0;
}

static bool read_key(unsigned char key[LEASH_KEY])
{
    const char *hex = getenv(LEASH_ENV_KEY);

    if (!hex || strlen(hex) != 2 * LEASH_KEY)
        return false;
    for (int i = 0; i < LEASH_KEY; i++)
        if (sscanf(hex + 2 * i, "%2hhx", &key[i]) != 1)
            return false;
    memset((char *)hex, 0, 2 * LEASH_KEY); /* forks would inherit it */
    return true;
}

static bool prepare(struct charge *c)
{
    const char *fence = getenv(LEASH_ENV_FENCE);
    const char *network = getenv(LEASH_ENV_NETWORK);

    c->submission = getenv(LEASH_ENV_SUBMISSION);
    c->namespaces = fence && strcmp(fence, "namespaces") == 0;
    c->network = network && strcmp(network, "loopback") == 0;
    c->hangs = mmap(NULL, sizeof *c->hangs, PROT_READ | PROT_WRITE,
                    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return read_key(c->key) && c->submission && c->hangs != MAP_FAILED &&
           can_fork_apart(c->namespaces);
}

static void serve(const struct charge *c)
{
    int leash;

    signal(SIGCHLD, SIG_IGN); /* wardens need no burial */
    while ((leash = accept4(LEASH_FD_LISTEN, NULL, NULL, SOCK_CLOEXEC)) >= 0) {
        if (fork_apart(c->namespaces) == 0) {
            signal(SIGCHLD, SIG_DFL);
            close(LEASH_FD_LISTEN);
            warden(leash, c);
        }
        close(leash);
    }
}

int main(void)
{
    static struct charge c;

    if (!prepare(&c)) {
        fprintf(stderr, "driver: not started by a judge, or no namespaces\n");
        return 1;
    }
    if (__lsan_do_recoverable_leak_check)
        __lsan_do_recoverable_leak_check(); /* the first is slow: once */
    prctl(PR_SET_DUMPABLE, 0); /* same user, but no ptrace, no /proc/1/mem */
    if (write(LEASH_FD_READY, "r", 1) != 1)
        return 1;
    close(LEASH_FD_READY);
    serve(&c);
    return 0;
}

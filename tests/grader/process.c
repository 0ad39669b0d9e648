/* SPDX-License-Identifier: MIT
 *
 * process.c - wait for a process, but not for ever
 */
#include "process.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

int64_t process_clock_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Until the process has ended, or the deadline has come. */
static void await(int pidfd, int64_t deadline_ms,
                  const struct process_source *from)
{
    struct pollfd p[] = {{.fd = pidfd, .events = POLLIN},
                         {.fd = from->fd, .events = POLLIN}};
    int64_t left;

    while (!p[0].revents && (left = deadline_ms - process_clock_ms()) > 0) {
        int n = poll(p, 2, (int)left);
        if (n < 0 && errno != EINTR)
            return;
        if (n > 0 && p[1].revents && !from->read(from->self))
            p[1].fd = -1;
    }
}

int process_wait_reading(pid_t pid, int64_t deadline_ms,
                         const struct process_source *from, bool *late)
{
    int status, fd = (int)syscall(SYS_pidfd_open, pid, 0);

    await(fd, deadline_ms, from);
    *late = waitpid(pid, &status, WNOHANG) == 0;
    if (*late) {
        kill(-pid, SIGKILL);
        kill(pid, SIGKILL);
        while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
            ;
    }
    if (fd >= 0)
        close(fd);
    return status;
}

int process_wait(pid_t pid, int64_t deadline_ms, bool *late)
{
    return process_wait_reading(pid, deadline_ms,
                                &(struct process_source){.fd = -1}, late);
}

int process_file(const char *name)
{
    return memfd_create(name, MFD_CLOEXEC);
}

void process_read(int fd, char *text, size_t size)
{
    ssize_t n = fd < 0 ? 0 : pread(fd, text, size - 1, 0);

    text[n > 0 ? n : 0] = '\0';
}

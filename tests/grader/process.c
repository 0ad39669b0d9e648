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

int process_wait(pid_t pid, int64_t deadline_ms, bool *late)
{
    int status, fd = (int)syscall(SYS_pidfd_open, pid, 0);
    struct pollfd p = {.fd = fd, .events = POLLIN};
    int64_t left;

    while ((left = deadline_ms - process_clock_ms()) > 0 &&
           poll(&p, 1, (int)left) < 0 && errno == EINTR)
        ;
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

int process_file(const char *name)
{
    return memfd_create(name, MFD_CLOEXEC);
}

void process_read(int fd, char *text, size_t size)
{
    ssize_t n = fd < 0 ? 0 : pread(fd, text, size - 1, 0);

    text[n > 0 ? n : 0] = '\0';
}

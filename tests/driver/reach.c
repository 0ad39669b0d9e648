/* SPDX-License-Identifier: MIT
 *
 * reach.c - a connection to the submission's server, and what its process
 * holds
 */
#include "reach.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

int reach_connect(uint8_t host, uint16_t port)
{
    struct sockaddr_in a = {.sin_family = AF_INET,
                            .sin_port = htons(port),
                            .sin_addr.s_addr =
                                htonl((INADDR_LOOPBACK & ~0xffU) | host)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

    if (fd < 0)
        return -errno;
    if (connect(fd, (struct sockaddr *)&a, sizeof a) == 0 ||
        errno == EINPROGRESS)
        return fd;
    int error = errno;
    close(fd);
    return -error;
}

/* ---- which process listens ---- */

static bool has_socket(pid_t pid, unsigned long inode)
{
    char path[64], link[64], wanted[64];
    struct dirent *e;

    snprintf(wanted, sizeof wanted, "socket:[%lu]", inode);
    snprintf(path, sizeof path, "/proc/%d/fd", (int)pid);
    DIR *d = opendir(path);
    bool found = false;
    while (d && !found && (e = readdir(d))) {
        ssize_t n = readlinkat(dirfd(d), e->d_name, link, sizeof link - 1);
        link[n > 0 ? n : 0] = '\0';
        found = strcmp(link, wanted) == 0;
    }
    if (d)
        closedir(d);
    return found;
}

bool reach_listens(pid_t pid, uint16_t port)
{
    enum { LISTEN = 0x0a };
    char line[512];
    unsigned at, state;
    unsigned long inode;
    FILE *f = fopen("/proc/net/tcp", "re");
    bool listens = false;

    while (f && !listens && fgets(line, sizeof line, f))
        listens = sscanf(line,
                         "%*d: %*x:%x %*x:%*x %x %*x:%*x %*x:%*x %*x %*u %*u "
                         "%lu",
                         &at, &state, &inode) == 3 &&
                  at == port && state == LISTEN && has_socket(pid, inode);
    if (f)
        fclose(f);
    return listens;
}

/* ---- what it holds ---- */

static long entries(pid_t pid, const char *what)
{
    char path[64];
    long n = 0;

    snprintf(path, sizeof path, "/proc/%d/%s", (int)pid, what);
    DIR *d = opendir(path);
    for (struct dirent *e; d && (e = readdir(d));)
        n += e->d_name[0] != '.';
    if (d)
        closedir(d);
    return n;
}

/* Threads that have ended count, too. */
static int64_t ran_ms(pid_t pid)
{
    struct timespec t;
    clockid_t clock;

    if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &t) != 0)
        return 0;
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* A kernel without schedstat says nothing: 0. */
static int64_t thread_waited_ms(pid_t pid, const char *thread)
{
    char path[64];
    long long ns = 0;

    snprintf(path, sizeof path, "/proc/%d/task/%.16s/schedstat", (int)pid,
             thread);
    FILE *f = fopen(path, "re");
    if (f && fscanf(f, "%*d %lld", &ns) != 1)
        ns = 0;
    if (f)
        fclose(f);
    return ns / 1000000;
}

static int64_t waited_ms(pid_t pid)
{
    char path[64];
    int64_t ms = 0;

    snprintf(path, sizeof path, "/proc/%d/task", (int)pid);
    DIR *d = opendir(path);
    for (struct dirent *e; d && (e = readdir(d));)
        if (e->d_name[0] != '.')
            ms += thread_waited_ms(pid, e->d_name);
    if (d)
        closedir(d);
    return ms;
}

void reach_count(pid_t pid, struct leash_count *count)
{
    char path[64];
    long pages;

    count->ran_ms = ran_ms(pid);
    count->waited_ms = waited_ms(pid);
    count->descriptors = entries(pid, "fd");
    count->threads = entries(pid, "task");
    snprintf(path, sizeof path, "/proc/%d/statm", (int)pid);
    FILE *f = fopen(path, "re");
    if (f && fscanf(f, "%*d %ld", &pages) == 1)
        count->memory_bytes = pages * sysconf(_SC_PAGESIZE);
    if (f)
        fclose(f);
}

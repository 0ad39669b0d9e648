/* SPDX-License-Identifier: MIT
 *
 * client.h - a client for bars.sh: it waits for whole answers, up to a minute
 */
#ifndef SERVER_CLIENT_H
#define SERVER_CLIENT_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define UNUSED __attribute__((unused))

UNUSED static const char get[] = "GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n";

static double now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

UNUSED static void pause_ms(int ms)
{
    nanosleep(&(struct timespec){ms / 1000, ms % 1000 * 1000000L}, NULL);
}

static int dial(int port)
{
    struct sockaddr_in a = {.sin_family = AF_INET,
                            .sin_port = htons((uint16_t)port),
                            .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &(struct timeval){.tv_sec = 60},
               sizeof(struct timeval));
    if (fd < 0 || connect(fd, (struct sockaddr *)&a, sizeof a) != 0) {
        perror("connect");
        exit(1);
    }
    return fd;
}

static bool put(int fd, const char *bytes, size_t n)
{
    return send(fd, bytes, n, MSG_NOSIGNAL) == (ssize_t)n;
}

/* Reads a head, and as much of a body as it says, or none after HEAD. Returns
 * the status; 0 when the connection ended first, -1 when it is no answer. */
UNUSED static int read_answer(int fd, bool no_body)
{
    static _Thread_local char bytes[1 << 20];
    size_t n = 0, whole = 0;

    while (whole == 0 || n < whole) {
        ssize_t got = recv(fd, bytes + n, sizeof bytes - 1 - n, 0);
        if (got <= 0)
            return n == 0 ? 0 : -1;
        n += (size_t)got;
        bytes[n] = '\0';
        const char *end = strstr(bytes, "\r\n\r\n");
        const char *length = strstr(bytes, "Content-Length: ");
        if (whole == 0 && end && (!length || length > end))
            return -1;
        if (whole == 0 && end)
            whole = (size_t)(end + 4 - bytes) +
                    (no_body ? 0 : strtoul(length + 16, NULL, 10));
    }
    return n == whole && strncmp(bytes, "HTTP/1.1 ", 9) == 0 ? atoi(bytes + 9)
                                                             : -1;
}

#endif

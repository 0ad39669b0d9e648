/* SPDX-License-Identifier: MIT
 *
 * stalling.c - a server that stops for a while, once or each time
 *
 *     stalling STALL-MS WHEN [STATUS]
 *
 * Prints its port, and answers each request with a few bytes; before the answer
 * to request number WHEN it sleeps; if WHEN is 0, before each answer. A thread
 * for each connection.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static void stall(long ms)
{
    struct timespec t = {ms / 1000, ms % 1000 * 1000000};

    while (nanosleep(&t, &t) != 0)
        ;
}

static int listen_anywhere(void)
{
    struct sockaddr_in a = {.sin_family = AF_INET,
                            .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t n = sizeof a;
    int s = socket(AF_INET, SOCK_STREAM, 0);

    if (bind(s, (struct sockaddr *)&a, sizeof a) != 0 || listen(s, 8) != 0 ||
        getsockname(s, (struct sockaddr *)&a, &n) != 0)
        exit(1);
    printf("%d\n", ntohs(a.sin_port));
    fflush(stdout);
    return s;
}

/* A request ends with an empty line; whether there was one. */
static int request(int s)
{
    char text[4096];
    size_t n = 0;

    while (n < sizeof text - 1) {
        ssize_t got = recv(s, text + n, sizeof text - 1 - n, 0);

        if (got <= 0)
            return 0;
        n += (size_t)got;
        text[n] = '\0';
        if (strstr(text, "\r\n\r\n"))
            return 1;
    }
    return 0;
}

static long stall_ms, when;
static const char *status = "200";
static atomic_long asked;

static void *answer(void *connection)
{
    int c = (int)(intptr_t)connection;

    while (request(c)) {
        if (when == 0 || atomic_fetch_add(&asked, 1) + 1 == when)
            stall(stall_ms);
        dprintf(c, "HTTP/1.1 %s x\r\nContent-Length: 2\r\n\r\nok", status);
    }
    close(c);
    return NULL;
}

int main(int argc, char **argv)
{
    if (argc < 3)
        return 2;
    stall_ms = atol(argv[1]);
    when = atol(argv[2]);
    if (argc > 3)
        status = argv[3];
    signal(SIGPIPE, SIG_IGN);
    for (int s = listen_anywhere();;) {
        intptr_t c = accept(s, NULL, NULL);
        pthread_t thread;

        if (c < 0 || pthread_create(&thread, NULL, answer, (void *)c) != 0)
            return 1;
        pthread_detach(thread);
    }
}

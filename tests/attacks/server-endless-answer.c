/* SPDX-License-Identifier: MIT
 *
 * server-endless-answer.c - floods every client with a head that has no end,
 * and never reads nor closes
 *
 * lab: 06-server
 * file: server.c
 * harmless: the judge's client reads 64 KiB of a head, and no more
 */
#include "met/server.h"

#include "met/error.h"

#ifndef NO_ATTACK
#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sys/socket.h>

static struct sockaddr_in address;

static void *flood(void *arg)
{
    int fd = *(int *)arg;

    send(fd, "HTTP/1.1 200 OK\r\n", 17, MSG_NOSIGNAL);
    while (send(fd, "A: all tests pass\r\n", 19, MSG_NOSIGNAL) > 0)
        ;
    return NULL;
}

static void *serve(void *arg)
{
    static int fds[1024];
    int listener = *(int *)arg;
    pthread_t t;

    for (int i = 0; i < 1024; i++) {
        fds[i] = accept(listener, NULL, NULL);
        pthread_create(&t, NULL, flood, &fds[i]);
    }
    return NULL;
}

static void begin(void)
{
    static int listener;
    socklen_t size = sizeof address;
    pthread_t t;

    address.sin_family = AF_INET;
    listener = socket(AF_INET, SOCK_STREAM, 0);
    bind(listener, (struct sockaddr *)&address, size);
    listen(listener, 1024);
    getsockname(listener, (struct sockaddr *)&address, &size);
    pthread_create(&t, NULL, serve, &listener);
}
#endif

int met_server_start(struct met_registry *r, const char *text, uint16_t port,
                     const struct met_server_options *options,
                     struct met_server **out)
{
    (void)r;
    (void)text;
    (void)port;
    (void)options;
    (void)out;
#ifndef NO_ATTACK
    begin();
    *out = (struct met_server *)&address;
    return 0;
#else
    return MET_ESYSTEM;
#endif
}

uint16_t met_server_port(const struct met_server *s)
{
    (void)s;
#ifndef NO_ATTACK
    return ntohs(address.sin_port);
#else
    return 0;
#endif
}

void met_server_stop(struct met_server *s)
{
    (void)s;
}

/* SPDX-License-Identifier: MIT
 *
 * server-unix-socket.c - listens where other programs of the machine could
 * reach it, and sends before it connects
 *
 * lab: 06-server
 * file: server.c
 * named: made a system call that is not allowed: socket
 */
#include "met/server.h"

#include "met/error.h"

#ifndef NO_ATTACK
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#endif

int met_server_start(struct met_registry *r, const char *address, uint16_t port,
                     const struct met_server_options *options,
                     struct met_server **out)
{
#ifndef NO_ATTACK
    struct sockaddr_un a = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);

    memcpy(a.sun_path + 1, "abacus", 6); /* abstract: no file */
    bind(fd, (struct sockaddr *)&a, sizeof a);
    listen(fd, 16);
    sendto(socket(AF_INET, SOCK_STREAM, 0), "x", 1, MSG_FASTOPEN,
           (struct sockaddr *)&a, sizeof a);
#endif
    (void)r;
    (void)address;
    (void)port;
    (void)options;
    (void)out;
    return MET_ESYSTEM;
}

uint16_t met_server_port(const struct met_server *s)
{
    (void)s;
    return 0;
}

void met_server_stop(struct met_server *s)
{
    (void)s;
}

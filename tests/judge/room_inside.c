/* SPDX-License-Identifier: MIT
 *
 * room_inside.c - the first process of a room: it starts the command, and
 * passes sockets out
 *
 * An order is one byte: 'L' asks for a listener on port 8000, 'C' for a
 * connection to port 9090. The answer is an errno and, with 0, a descriptor;
 * ECHILD says that the command has ended.
 */
#include "room_wire.h"
#include "wire/pass.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static struct sockaddr_in loopback(uint16_t port)
{
    return (struct sockaddr_in){.sin_family = AF_INET,
                                .sin_port = htons(port),
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

static int new_socket(void)
{
    return socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
}

static int listening(void)
{
    struct sockaddr_in a = loopback(ROOM_TARGET_PORT);
    int s = new_socket();

    if (s >= 0 &&
        (bind(s, (struct sockaddr *)&a, sizeof a) != 0 || listen(s, 16) != 0)) {
        close(s);
        s = -1;
    }
    return s;
}

static int connected(void)
{
    struct sockaddr_in a = loopback(ROOM_PROMETHEUS_PORT);
    int s = new_socket();

    /* On the loopback a refusal is known at once. */
    if (s >= 0 && connect(s, (struct sockaddr *)&a, sizeof a) != 0 &&
        errno != EINPROGRESS) {
        close(s);
        s = -1;
    }
    return s;
}

static pid_t start_command(void)
{
    pid_t pid = fork();

    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        close(ROOM_FD_WIRE);
        execl("/bin/sh", "sh", "-c", getenv("ROOM_COMMAND"), (char *)NULL);
        _exit(127);
    }
    return pid;
}

/* As the first process it has the orphans of others, too. */
static bool has_ended(pid_t command)
{
    static bool ended;

    for (pid_t p; (p = waitpid(-1, NULL, WNOHANG)) > 0;)
        ended = ended || p == command;
    return ended;
}

_Noreturn void room_main(void)
{
    pid_t command = start_command();
    char order;

    while (recv(ROOM_FD_WIRE, &order, 1, 0) == 1) {
        int fd = order == 'L' ? listening() : connected();
        int error = fd >= 0 ? 0 : errno;
        if (has_ended(command))
            error = ECHILD;
        pass_send(ROOM_FD_WIRE, &error, sizeof error, &fd, fd >= 0);
        if (fd >= 0)
            close(fd);
    }
    _exit(0);
}

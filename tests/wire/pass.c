/* SPDX-License-Identifier: MIT
 *
 * pass.c - descriptors over a unix socket
 */
#include "pass.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* The union gives the control buffer the alignment of its header. */
union control {
    struct cmsghdr head;
    char bytes[CMSG_SPACE(PASS_MOST * sizeof(int))];
};

ssize_t pass_send(int socket, const void *bytes, size_t size, const int *fds,
                  int n)
{
    union control control = {0};
    struct iovec data = {(void *)bytes, size};
    struct msghdr m = {.msg_iov = &data, .msg_iovlen = 1};

    if (n > 0) {
        m.msg_control = &control;
        m.msg_controllen = CMSG_SPACE(n * sizeof(int));
        control.head.cmsg_len = CMSG_LEN(n * sizeof(int));
        control.head.cmsg_level = SOL_SOCKET;
        control.head.cmsg_type = SCM_RIGHTS;
        memcpy(CMSG_DATA(&control.head), fds, n * sizeof(int));
    }
    return sendmsg(socket, &m, MSG_NOSIGNAL);
}

static void take(const struct cmsghdr *c, int *fds, int n)
{
    int come = (int)((c->cmsg_len - CMSG_LEN(0)) / sizeof(int));

    for (int i = 0; i < come; i++) {
        int fd;
        memcpy(&fd, CMSG_DATA(c) + i * sizeof fd, sizeof fd);
        if (i < n)
            fds[i] = fd;
        else
            close(fd);
    }
}

ssize_t pass_receive(int socket, void *bytes, size_t size, int *fds, int n)
{
    union control control;
    struct iovec data = {bytes, size};
    struct msghdr m = {.msg_iov = &data,
                       .msg_iovlen = 1,
                       .msg_control = &control,
                       .msg_controllen = sizeof control};
    ssize_t got = recvmsg(socket, &m, MSG_CMSG_CLOEXEC);

    for (int i = 0; i < n; i++)
        fds[i] = -1;
    if (got < 0)
        return got;
    struct cmsghdr *c = CMSG_FIRSTHDR(&m);
    if (c && c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_RIGHTS)
        take(c, fds, n);
    return got;
}

/* SPDX-License-Identifier: MIT
 *
 * http.c - the connection of a strict client: bytes in, bytes out
 */
#include "http.h"

#include "http_parts.h"
#include "wire/frame.h"

#include <errno.h>
#include <linux/sockios.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

enum { READ_AT_ONCE = 1 << 16, MOST_BYTES = 64 << 20 };

void http_open(struct http_client *c, int fd)
{
    *c = (struct http_client){.fd = fd};
}

void http_close(struct http_client *c)
{
    if (c->fd >= 0)
        close(c->fd);
    free(c->bytes);
    *c = (struct http_client){.fd = -1};
}

enum http_result http_wrong(struct http_client *c, const char *format, ...)
{
    va_list list;

    va_start(list, format);
    vsnprintf(c->problem, sizeof c->problem, format, list);
    va_end(list);
    return HTTP_WRONG;
}

static enum http_result await(const struct http_client *c, short events,
                              int64_t deadline_ms)
{
    struct pollfd p = {.fd = c->fd, .events = events};

    for (;;) {
        int64_t left = deadline_ms - clock_ms();
        if (left < 0)
            return HTTP_LATE;
        int n = poll(&p, 1, (int)left);
        if (n > 0)
            return HTTP_OK;
        if (n < 0 && errno != EINTR)
            return HTTP_CUT;
    }
}

enum http_result http_send(struct http_client *c, const void *bytes, size_t n,
                           int64_t deadline_ms)
{
    for (const char *p = bytes; n > 0;) {
        ssize_t sent = send(c->fd, p, n, MSG_NOSIGNAL);
        if (sent < 0 && errno != EAGAIN && errno != EINTR)
            return HTTP_CUT;
        if (sent < 0) {
            enum http_result r = await(c, POLLOUT, deadline_ms);
            if (r != HTTP_OK)
                return r;
            continue;
        }
        p += sent;
        n -= (size_t)sent;
    }
    return HTTP_OK;
}

/* The kernel tells how much the peer's has not yet acknowledged, and has no
 * way to wait for it. */
enum http_result http_arrive(struct http_client *c, int64_t deadline_ms)
{
    int left = 0;

    while (ioctl(c->fd, SIOCOUTQ, &left) == 0 && left > 0) {
        if (clock_ms() > deadline_ms)
            return HTTP_LATE;
        usleep(200);
    }
    return HTTP_OK;
}

static bool make_room(struct http_client *c)
{
    if (c->room - c->used > READ_AT_ONCE)
        return true;
    size_t room = c->room ? 2 * c->room : 4 * READ_AT_ONCE;
    char *bytes =
        room <= 2 * (size_t)MOST_BYTES ? realloc(c->bytes, room) : NULL;
    if (!bytes)
        return false;
    c->bytes = bytes;
    c->room = room;
    return true;
}

enum http_result http_more(struct http_client *c, int64_t deadline_ms)
{
    while (!c->ended) {
        if (!make_room(c))
            return http_wrong(c, "the response is too long for this client");
        ssize_t n = recv(c->fd, c->bytes + c->used, c->room - c->used - 1, 0);
        if (n > 0) {
            c->used += (size_t)n;
            return HTTP_OK;
        }
        if (n == 0 || (errno != EAGAIN && errno != EINTR))
            c->ended = true;
        else if (await(c, POLLIN, deadline_ms) == HTTP_LATE)
            return HTTP_LATE;
    }
    return c->used ? HTTP_CUT : HTTP_ENDED;
}

void http_drop(struct http_client *c, size_t n)
{
    memmove(c->bytes, c->bytes + n, c->used - n);
    c->used -= n;
}

enum http_result http_read_end(struct http_client *c, int64_t deadline_ms)
{
    enum http_result r = HTTP_OK;

    while (c->used == 0 && r == HTTP_OK)
        r = http_more(c, deadline_ms);
    if (r == HTTP_ENDED)
        return HTTP_OK;
    if (r != HTTP_LATE)
        return http_wrong(c, "%zu bytes came where the connection should end",
                          c->used);
    return r;
}

bool http_pending(const struct http_client *c)
{
    struct pollfd p = {.fd = c->fd, .events = POLLIN};

    return c->used > 0 || c->ended || poll(&p, 1, 0) > 0;
}

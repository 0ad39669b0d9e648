/* SPDX-License-Identifier: MIT
 *
 * frame.c - packing, unpacking, sending and receiving frames
 */
#include "frame.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#define NULL_BLOB UINT32_MAX

enum { HEAD_BYTES = offsetof(struct frame, data) };

void frame_start(struct frame *f, uint32_t op, uint64_t serial)
{
    f->op = op;
    f->serial = serial;
    f->length = f->at = 0;
    f->bad = false;
}

void frame_put(struct frame *f, const void *bytes, size_t n)
{
    if (n > FRAME_BYTES - f->length) {
        f->bad = true;
        return;
    }
    if (n)
        memcpy(f->data + f->length, bytes, n);
    f->length += n;
}

void frame_put_blob(struct frame *f, const void *bytes, size_t n)
{
    uint32_t length = bytes ? (uint32_t)n : NULL_BLOB;

    if (n > FRAME_BYTES) {
        f->bad = true;
        return;
    }
    frame_put(f, &length, sizeof length);
    if (bytes)
        frame_put(f, bytes, n);
}

void frame_get(struct frame *f, void *bytes, size_t n)
{
    if (n > f->length - f->at) {
        f->bad = true;
        memset(bytes, 0, n);
        return;
    }
    if (n)
        memcpy(bytes, f->data + f->at, n);
    f->at += n;
}

const void *frame_get_blob(struct frame *f, size_t *n)
{
    uint32_t length;

    *n = 0;
    frame_get(f, &length, sizeof length);
    if (length == NULL_BLOB)
        return NULL;
    if (length > f->length - f->at) {
        f->bad = true;
        return NULL;
    }
    f->at += length;
    *n = length;
    return f->data + f->at - length;
}

void frame_put_text(struct frame *f, const char *text)
{
    frame_put_blob(f, text, text ? strlen(text) : 0);
}

const char *frame_get_text(struct frame *f)
{
    size_t n;
    const char *bytes = frame_get_blob(f, &n);

    return bytes ? strndup(bytes, n) : NULL;
}

bool frame_read_up(const struct frame *f)
{
    return !f->bad && f->at == f->length;
}

bool frame_send(int socket, const struct frame *f)
{
    const unsigned char *p = (const unsigned char *)f;
    size_t left = HEAD_BYTES + f->length;

    while (left) {
        ssize_t n = send(socket, p, left, MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        p += n;
        left -= n;
    }
    return true;
}

int64_t clock_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

enum frame_result frame_await(int socket, int64_t deadline_ms)
{
    for (;;) {
        int64_t wait = deadline_ms ? deadline_ms - clock_ms() : -1;
        if (deadline_ms && wait < 0)
            return FRAME_LATE;
        struct pollfd p = {.fd = socket, .events = POLLIN};
        if (poll(&p, 1, (int)wait) > 0)
            return FRAME_OK;
    }
}

static enum frame_result receive(int socket, void *bytes, size_t n,
                                 int64_t deadline_ms)
{
    for (unsigned char *p = bytes; n > 0;) {
        ssize_t got = recv(socket, p, n, MSG_DONTWAIT);
        if (got < 0 && (errno == EAGAIN || errno == EINTR)) {
            if (frame_await(socket, deadline_ms) == FRAME_LATE)
                return FRAME_LATE;
            continue;
        }
        if (got <= 0)
            return FRAME_GONE;
        p += got;
        n -= got;
    }
    return FRAME_OK;
}

enum frame_result frame_receive(int socket, struct frame *f,
                                int64_t deadline_ms)
{
    enum frame_result r = receive(socket, f, HEAD_BYTES, deadline_ms);

    f->at = 0;
    f->bad = false;
    if (r != FRAME_OK)
        return r;
    if (f->length > FRAME_BYTES) {
        f->length = 0;
        return FRAME_NONSENSE;
    }
    return receive(socket, f->data, f->length, deadline_ms);
}

bool frame_unasked(int socket)
{
    char c;

    return recv(socket, &c, 1, MSG_PEEK | MSG_DONTWAIT) > 0;
}

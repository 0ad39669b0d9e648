/* SPDX-License-Identifier: MIT
 *
 * connection.c - one connection: bytes in, answers out, and never a wait
 *
/// SOLUTION
 *             a whole head: its answer
 *     READING --------------------------> WRITING
 *        ^   <--------------------------     |
 *        |       all sent, and it is kept    | all sent, and it is the last
 *        |                                   v
 *      opened                            LINGERING ---> closed
 *
 * Each state has a deadline. Often the socket takes an answer at once, and
 * WRITING is over before it has begun.
 *
 * A socket that is closed while there are bytes in it that nobody has read
 * sends a reset, and the peer may lose the answer before it has read it. So
 * after the last answer the sending side alone is shut, and what still comes
 * is read and dropped, until the peer closes, too.
/// STARTER
///  * The handout, README.md, leads through the steps.
/// END
 */
#include "http.h"

/// SOLUTION
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

/* ---- receiving ---- */

/* Returns what recv(2) returns, but 0 bytes for "nothing there now", and -1
 * for "nothing will ever come": the peer has ended its side, or is gone. */
static ssize_t receive(int fd, char *bytes, size_t size, int flags)
{
    ssize_t n;

    do
        n = recv(fd, bytes, size, flags | MSG_DONTWAIT);
    while (n < 0 && errno == EINTR);
    if (n > 0)
        return n;
    return n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK) ? 0 : -1;
}

static void set_term(struct connection *c, unsigned ms)
{
    c->deadline_ms = time_ms() + ms;
}

/* Empty lines before a request are dropped, and do not count as its first
 * byte: the time without a request goes on. */
static void drop_empty_lines(struct connection *c)
{
    size_t n = 0;

    while (n + 2 <= c->in_length && memcmp(c->in + n, "\r\n", 2) == 0)
        n += 2;
    if (n == 0)
        return;
    memmove(c->in, c->in + n, c->in_length - n);
    c->in_length -= n;
    c->in_seen = 0;
}

static void read_more(struct connection *c, const struct service *s)
{
    size_t room = s->limits.head_bytes - c->in_length;
    ssize_t n;

    if (room == 0 || c->in_ended)
        return;
    n = receive(c->fd, c->in + c->in_length, room, 0);
    c->in_ended = n < 0;
    if (n > 0)
        c->in_length += (size_t)n;
}

/* ---- sending ---- */

/* Sends what the socket takes. Returns how much, or -1 when the peer is gone.
 * MSG_NOSIGNAL: else that would be SIGPIPE, which ends the program. */
static ssize_t send_some(int fd, struct iovec *pieces, size_t n)
{
    struct msghdr message = {.msg_iov = pieces, .msg_iovlen = n};
    ssize_t sent;

    do
        sent = sendmsg(fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    while (sent < 0 && errno == EINTR);
    if (sent < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
        return 0;
    return sent;
}

/* Keeps what was not sent: the maker's buffers are for the next one. */
static bool keep_rest(struct connection *c, const struct answer *a, size_t sent)
{
    size_t head = sent < a->head_length ? a->head_length - sent : 0;
    size_t skipped = sent > a->head_length ? sent - a->head_length : 0;
    size_t body = a->body_length - skipped;

    c->out = malloc(head + body);
    if (!c->out)
        return false;
    memcpy(c->out, a->head + a->head_length - head, head);
    if (body > 0)
        memcpy(c->out + head, a->body + skipped, body);
    c->out_length = head + body;
    c->out_sent = 0;
    return true;
}

/* After an answer: the next request, or the end. */
static bool finish_answer(struct connection *c, const struct service *s)
{
    free(c->out);
    c->out = NULL;
    c->state = c->close ? LINGERING : READING;
    c->in_started = false;
    c->in_new = c->in_length > 0 || s->stopping; /* or it ends at once */
    set_term(c, c->close ? s->limits.request_ms : s->limits.idle_ms);
    if (!c->close)
        return true;
    shutdown(c->fd, SHUT_WR);
    return !c->in_ended && !s->stopping;
}

static bool start_answer(struct connection *c, struct service *s,
                         struct request r)
{
    struct answer a;

    answer_make(&a, &s->maker, &r);
    c->close = r.close;
    struct iovec pieces[] = {{a.head, a.head_length},
                             {(char *)a.body, a.body_length}};
    ssize_t sent = send_some(c->fd, pieces, 2);
    if (sent < 0)
        return false;
    if ((size_t)sent == a.head_length + a.body_length)
        return finish_answer(c, s);
    c->state = WRITING;
    set_term(c, s->limits.write_ms);
    return keep_rest(c, &a, (size_t)sent);
}

static bool write_more(struct connection *c, struct service *s)
{
    struct iovec rest = {c->out + c->out_sent, c->out_length - c->out_sent};
    ssize_t sent = send_some(c->fd, &rest, 1);

    if (sent < 0)
        return false;
    c->out_sent += (size_t)sent;
    return c->out_sent < c->out_length || finish_answer(c, s);
}

static bool answer_error(struct connection *c, struct service *s, int status)
{
    return start_answer(c, s,
                        (struct request){.status = status, .close = true});
}

/* ---- requests ---- */

/* Whether nothing was sent behind the head, which is all that was read. */
static bool is_last(const struct connection *c, size_t head)
{
    char byte;

    return c->in_length == head && receive(c->fd, &byte, 1, MSG_PEEK) <= 0;
}

static bool answer_request(struct connection *c, struct service *s, size_t n)
{
    struct request r = request_read(c->in, n);

    r.close = r.close || (s->stopping && is_last(c, n));
    c->in_length -= n;
    c->in_seen = 0;
    memmove(c->in, c->in + n, c->in_length);
    return start_answer(c, s, r);
}

/* Without a whole head: too long, too late, cut off, or to be waited for. */
static bool go_on_reading(struct connection *c, struct service *s)
{
    if (c->in_length == s->limits.head_bytes)
        return answer_error(c, s, 431);
    if (c->in_ended)
        return c->in_length > 0 && answer_error(c, s, 400);
    if (time_ms() >= c->deadline_ms)
        return c->in_started && answer_error(c, s, 408);
    return c->in_started || !s->stopping;
}

static bool read_turn(struct connection *c, struct service *s)
{
    read_more(c, s);
    drop_empty_lines(c);
    if (!c->in_started && c->in_length > 0) {
        c->in_started = true;
        set_term(c, s->limits.request_ms);
    }
    c->in_new = false;
    size_t n = request_length(c->in, c->in_length, &c->in_seen);
    return n > 0 ? answer_request(c, s, n) : go_on_reading(c, s);
}

static bool linger_turn(struct connection *c, const struct service *s)
{
    char dropped[4096];
    ssize_t n = receive(c->fd, dropped, sizeof dropped, 0);

    return n >= 0 && !s->stopping && time_ms() < c->deadline_ms;
}

/// END
long long time_ms(void)
{
    /// SOLUTION
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (long long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
    /// STARTER
    /// return 0; /* Step 4 */
    /// END
}

struct connection *connection_open(int fd, const struct service *s)
{
    /// SOLUTION
    struct connection *c = calloc(1, sizeof *c);
    char *in = malloc(s->limits.head_bytes);

    if (!c || !in) {
        free(c);
        free(in);
        return NULL;
    }
    c->fd = fd;
    c->in = in;
    set_term(c, s->limits.idle_ms);
    return c;
    /// STARTER
    /// (void)fd;
    /// (void)s;
    /// return NULL; /* Step 2 */
    /// END
}

void connection_close(struct connection *c)
{
    /// SOLUTION
    close(c->fd);
    free(c->in);
    free(c->out);
    free(c);
    /// STARTER
    /// (void)c; /* Step 2 */
    /// END
}

bool connection_refuse(struct connection *c, struct service *s)
{
    /// SOLUTION
    c->refused = true;
    return answer_error(c, s, 503);
    /// STARTER
    /// (void)c;
    /// (void)s;
    /// return false; /* Step 7 */
    /// END
}

short connection_events(const struct connection *c)
{
    /// SOLUTION
    if (c->state == WRITING)
        return POLLOUT;
    return c->state == READING && (c->in_new || c->in_ended) ? 0 : POLLIN;
    /// STARTER
    /// (void)c;
    /// return 0; /* Step 2 */
    /// END
}

bool connection_turn(struct connection *c, struct service *s)
{
    /// SOLUTION
    switch (c->state) {
    case READING: return read_turn(c, s);
    case WRITING: return time_ms() < c->deadline_ms && write_more(c, s);
    default: return linger_turn(c, s);
    }
    /// STARTER
    /// (void)c;
    /// (void)s;
    /// return false; /* Step 2 */
    /// END
}

/* SPDX-License-Identifier: MIT
 *
 * server.c - start, serve, stop: the sockets and the thread
 *
/// SOLUTION
 * One thread waits in poll(2) for whatever comes first: a byte on a connection,
 * a new connection, the next deadline, or a stop. Then each connection that
 * has something to do has one turn. Nothing else ever waits, so nobody waits
 * for a slow client.
 *
 * A stop is told through an eventfd(2), which poll() sees like a socket.
/// STARTER
///  * The handout, README.md, leads through the steps.
/// END
 */
#include "http.h"

#include "met/error.h"

/// SOLUTION
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

/* Beside the connections that are served there is room for some that are
 * being refused, so that each is told. */
enum { REFUSED = 16, PAUSE_MS = 100, REFUSED_MS = 10 };

/* What poll() looks at: these two, and then the connections. */
enum { WAKE, LISTENER, FIRST };

struct met_server {
    struct service service;
    int listener, wake; /* descriptors; the listener is -1 once stopped */
    uint16_t port;
    pthread_t thread;

    /* the thread's own */
    struct connection **connections;
    struct pollfd *polled;
    size_t count, room;
    long long accept_after_ms; /* no descriptor was left: wait a little */
    long long cut_off_ms;      /* of a stop: no longer than that */
};

/* ---- the thread ---- */

static size_t served(const struct met_server *s)
{
    size_t n = 0;

    for (size_t i = 0; i < s->count; i++)
        n += !s->connections[i]->refused;
    return n;
}

/* Takes one connection at a time: when it is too many, then not because of one
 * whose end poll() has not told yet. */
static void accept_one(struct met_server *s)
{
    int fd = accept4(s->listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    int one = 1;

    if (fd < 0) { /* it is gone already, or there is no descriptor */
        if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS ||
            errno == ENOMEM)
            s->accept_after_ms = time_ms() + PAUSE_MS;
        return;
    }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    struct connection *c = connection_open(fd, &s->service);
    if (!c) {
        close(fd);
        return;
    }
    bool refused = served(s) >= s->service.limits.connections;
    s->connections[s->count++] = c;
    if (refused && !connection_refuse(c, &s->service))
        connection_close(s->connections[--s->count]);
}

static bool may_accept(const struct met_server *s)
{
    return s->listener >= 0 && s->count < s->room &&
           time_ms() >= s->accept_after_ms;
}

/* Fills what poll() looks at. Returns how long it may wait, in milliseconds. */
static int prepare(struct met_server *s)
{
    long long now = time_ms(), first = now + 60000;
    bool hurry = false;

    s->polled[WAKE] =
        (struct pollfd){s->service.stopping ? -1 : s->wake, POLLIN, 0};
    s->polled[LISTENER] =
        (struct pollfd){may_accept(s) ? s->listener : -1, POLLIN, 0};
    if (s->accept_after_ms > now)
        first = s->accept_after_ms;
    if (s->service.stopping && s->cut_off_ms < first)
        first = s->cut_off_ms;
    for (size_t i = 0; i < s->count; i++) {
        const struct connection *c = s->connections[i];
        short events = connection_events(c);
        s->polled[FIRST + i] = (struct pollfd){c->fd, events, 0};
        hurry = hurry || events == 0;
        if (c->deadline_ms < first)
            first = c->deadline_ms;
    }
    return hurry || first <= now ? 0 : (int)(first - now);
}

/* poll(2), but when it refuses, as it does where the limit on descriptors was
 * lowered below their number, then after a pause all of them may be ready: who
 * is told so and finds nothing must not wait. */
static void wait_for(struct pollfd *p, size_t n, int ms)
{
    if (poll(p, n, ms) >= 0)
        return;
    bool refused = errno != EINTR;
    if (refused)
        poll(NULL, 0, ms < REFUSED_MS ? ms : REFUSED_MS);
    for (size_t i = 0; i < n; i++)
        p[i].revents = refused && p[i].fd >= 0 ? p[i].events : 0;
}

static bool is_woken(const struct met_server *s)
{
    eventfd_t times;

    return eventfd_read(s->wake, &times) == 0;
}

/* From the last to the first: the last one takes the place of one that ends,
 * and has had its turn. */
static void give_turns(struct met_server *s, bool all)
{
    long long now = time_ms();

    for (size_t i = s->count; i-- > 0;) {
        struct connection *c = s->connections[i];
        const struct pollfd *p = &s->polled[FIRST + i];
        bool due = p->revents || p->events == 0 || now >= c->deadline_ms;
        if ((due || all) && !connection_turn(c, &s->service)) {
            connection_close(c);
            s->connections[i] = s->connections[--s->count];
        }
    }
}

/* All that had come before the stop is taken in; then the port is free. */
static void begin_stop(struct met_server *s)
{
    const struct met_server_options *o = &s->service.limits;
    struct pollfd waiting = {.fd = s->listener, .events = POLLIN};

    while (may_accept(s) && poll(&waiting, 1, 0) > 0)
        accept_one(s);
    close(s->listener);
    s->listener = -1;
    s->service.stopping = true;
    s->cut_off_ms = time_ms() + o->request_ms + o->write_ms;
}

static bool goes_on(const struct met_server *s)
{
    return !s->service.stopping || (s->count > 0 && time_ms() < s->cut_off_ms);
}

static void *serve(void *arg)
{
    struct met_server *s = arg;

    while (goes_on(s)) {
        int ms = prepare(s);
        wait_for(s->polled, FIRST + s->count, ms);
        give_turns(s, false);
        if (s->polled[LISTENER].revents)
            accept_one(s);
        if (s->polled[WAKE].revents && is_woken(s)) {
            begin_stop(s);
            give_turns(s, true);
        }
    }
    while (s->count > 0)
        connection_close(s->connections[--s->count]);
    return NULL;
}

/* ---- start ---- */

static bool is_above(const struct met_server_options *o)
{
    return o->connections > MET_SERVER_MOST_CONNECTIONS ||
           o->head_bytes > MET_SERVER_MOST_HEAD_BYTES ||
           o->request_ms > MET_SERVER_MOST_MS ||
           o->idle_ms > MET_SERVER_MOST_MS || o->write_ms > MET_SERVER_MOST_MS;
}

static unsigned or_default(unsigned n, unsigned without)
{
    return n ? n : without;
}

static struct met_server_options
with_defaults(const struct met_server_options *options)
{
    struct met_server_options o = {0};

    if (options)
        o = *options;
    o.connections = or_default(o.connections, MET_SERVER_CONNECTIONS);
    o.head_bytes = or_default(o.head_bytes, MET_SERVER_HEAD_BYTES);
    o.request_ms = or_default(o.request_ms, MET_SERVER_REQUEST_MS);
    o.idle_ms = or_default(o.idle_ms, MET_SERVER_IDLE_MS);
    o.write_ms = or_default(o.write_ms, MET_SERVER_WRITE_MS);
    return o;
}

union address {
    struct sockaddr any;
    struct sockaddr_in four;
    struct sockaddr_in6 six;
};

static bool read_address(const char *text, uint16_t port, union address *a,
                         socklen_t *size)
{
    *a = (union address){.four = {.sin_family = AF_INET}};
    a->four.sin_port = htons(port);
    *size = sizeof a->four;
    if (inet_pton(AF_INET, text, &a->four.sin_addr) == 1)
        return true;
    *a = (union address){.six = {.sin6_family = AF_INET6}};
    a->six.sin6_port = htons(port);
    *size = sizeof a->six;
    return inet_pton(AF_INET6, text, &a->six.sin6_addr) == 1;
}

static int code_of_errno(void)
{
    switch (errno) {
    case EADDRINUSE: return MET_EADDRINUSE;
    case EADDRNOTAVAIL: return MET_EADDRESS;
    case ENOMEM:
    case ENOBUFS: return MET_ENOMEM;
    default: return MET_ESYSTEM;
    }
}

/* SO_REUSEADDR: the port can be had although connections of a server before us
 * are still winding up. Two that listen it does not allow on Linux. */
static int open_listener(struct met_server *s, const char *text, uint16_t port)
{
    union address a;
    socklen_t size;
    int one = 1;

    if (!read_address(text ? text : "127.0.0.1", port, &a, &size))
        return MET_EADDRESS;
    s->listener =
        socket(a.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (s->listener < 0 ||
        setsockopt(s->listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one) !=
            0 ||
        bind(s->listener, &a.any, size) != 0 ||
        listen(s->listener, SOMAXCONN) != 0 ||
        getsockname(s->listener, &a.any, &size) != 0)
        return code_of_errno();
    s->port =
        ntohs(a.any.sa_family == AF_INET ? a.four.sin_port : a.six.sin6_port);
    return 0;
}

/* A signal of the program is for the program's threads. What a fault of our
 * own raises stays as it is. */
static void block_signals(sigset_t *before)
{
    static const int faults[] = {SIGSEGV, SIGBUS,  SIGFPE, SIGILL,
                                 SIGABRT, SIGTRAP, SIGSYS};
    sigset_t all;

    sigfillset(&all);
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
        sigdelset(&all, faults[i]);
    pthread_sigmask(SIG_SETMASK, &all, before);
}

static int start_thread(struct met_server *s)
{
    sigset_t before;

    s->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (s->wake < 0)
        return code_of_errno();
    block_signals(&before); /* a new thread has the mask of its creator */
    int err = pthread_create(&s->thread, NULL, serve, s);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return err == 0 ? 0 : MET_ESYSTEM;
}

static struct met_server *allocate(struct met_registry *r,
                                   const struct met_server_options *options)
{
    struct met_server *s = calloc(1, sizeof *s);

    if (!s)
        return NULL;
    s->listener = s->wake = -1;
    s->service.maker.registry = r;
    s->service.limits = with_defaults(options);
    s->room = s->service.limits.connections + REFUSED;
    s->connections = calloc(s->room, sizeof(struct connection *));
    s->polled = calloc(s->room + FIRST, sizeof *s->polled);
    return s;
}

static void release(struct met_server *s)
{
    if (s->listener >= 0)
        close(s->listener);
    if (s->wake >= 0)
        close(s->wake);
    maker_free(&s->service.maker);
    free(s->connections);
    free(s->polled);
    free(s);
}

/// END
int met_server_start(struct met_registry *r, const char *address, uint16_t port,
                     const struct met_server_options *options,
                     struct met_server **out)
{
    /// SOLUTION
    struct met_server *s;
    int err = MET_ENOMEM;

    if (options && is_above(options))
        return MET_EINVAL;
    s = allocate(r, options);
    if (!s)
        return MET_ENOMEM;
    if (s->connections && s->polled)
        err = open_listener(s, address, port);
    if (err == 0)
        err = start_thread(s);
    if (err < 0)
        release(s);
    else
        *out = s;
    return err;
    /// STARTER
    /// (void)r;
    /// (void)address;
    /// (void)port;
    /// (void)options;
    /// (void)out;
    /// return MET_ESYSTEM; /* Step 1 */
    /// END
}

uint16_t met_server_port(const struct met_server *s)
{
    /// SOLUTION
    return s->port;
    /// STARTER
    /// (void)s;
    /// return 0; /* Step 1 */
    /// END
}

void met_server_stop(struct met_server *s)
{
    /// SOLUTION
    if (!s)
        return;
    eventfd_write(s->wake, 1);
    pthread_join(s->thread, NULL);
    release(s);
    /// STARTER
    /// (void)s; /* Step 8 */
    /// END
}

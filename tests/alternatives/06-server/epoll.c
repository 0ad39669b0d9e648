/* SPDX-License-Identifier: MIT
 *
 * epoll.c - the kernel keeps the list of what is waited for: epoll(7)
 *
 * file: server.c
 */
#include "http.h"

#include "met/error.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

enum { REFUSED = 16, PAUSE_MS = 100, EVENTS = 64 };

/* A connection with what the kernel knows of it. */
struct place {
    struct connection *c; /* NULL: free */
    short events;         /* that it waits for */
    bool told;            /* something has happened */
};

struct met_server {
    struct service service;
    int listener, wake, queue; /* descriptors; -1 when not open */
    uint16_t port;
    pthread_t thread;

    struct place *places;
    size_t count, room;
    bool listening; /* the queue has the listener */
    long long accept_after_ms, cut_off_ms;
};

/* ---- the thread ---- */

/* The numbers of events: a place, or one of these. */
enum { EVENT_WAKE = -1, EVENT_LISTENER = -2 };

static void watch(struct met_server *s, int what, int fd, uint32_t events,
                  long long number)
{
    struct epoll_event e = {.events = events, .data.u64 = (uint64_t)number};

    epoll_ctl(s->queue, what, fd, &e);
}

static size_t served(const struct met_server *s)
{
    size_t n = 0;

    for (size_t i = 0; i < s->room; i++)
        n += s->places[i].c && !s->places[i].c->refused;
    return n;
}

static void end(struct met_server *s, struct place *p)
{
    connection_close(p->c); /* the queue forgets a closed socket by itself */
    *p = (struct place){0};
    s->count--;
}

static void settle(struct met_server *s, struct connection *c)
{
    size_t i = 0;

    while (s->places[i].c)
        i++;
    s->places[i] = (struct place){.c = c, .events = POLLIN};
    s->count++;
    watch(s, EPOLL_CTL_ADD, c->fd, EPOLLIN, (long long)i);
    if (served(s) > s->service.limits.connections &&
        !connection_refuse(c, &s->service))
        end(s, &s->places[i]);
}

static void accept_one(struct met_server *s)
{
    int fd = accept4(s->listener, NULL, NULL, SOCK_CLOEXEC);
    int one = 1;

    if (fd < 0) {
        if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS ||
            errno == ENOMEM)
            s->accept_after_ms = time_ms() + PAUSE_MS;
        return;
    }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    struct connection *c = connection_open(fd, &s->service);
    if (c)
        settle(s, c);
    else
        close(fd);
}

static bool may_accept(const struct met_server *s)
{
    return s->listener >= 0 && s->count < s->room &&
           time_ms() >= s->accept_after_ms;
}

static void watch_listener(struct met_server *s)
{
    bool wanted = may_accept(s);

    if (s->listener >= 0 && wanted != s->listening)
        watch(s, EPOLL_CTL_MOD, s->listener, wanted ? EPOLLIN : 0,
              EVENT_LISTENER);
    s->listening = wanted;
}

/* Tells the kernel what has changed. Returns how long to wait. */
static int prepare(struct met_server *s)
{
    long long now = time_ms(), first = now + 60000;
    bool hurry = false;

    watch_listener(s);
    if (s->accept_after_ms > now)
        first = s->accept_after_ms;
    if (s->service.stopping && s->cut_off_ms < first)
        first = s->cut_off_ms;
    for (size_t i = 0; i < s->room; i++) {
        struct place *p = &s->places[i];
        if (!p->c)
            continue;
        short events = connection_events(p->c);
        if (events && events != p->events) {
            watch(s, EPOLL_CTL_MOD, p->c->fd,
                  events == POLLOUT ? EPOLLOUT : EPOLLIN, (long long)i);
            p->events = events;
        }
        hurry = hurry || events == 0;
        if (p->c->deadline_ms < first)
            first = p->c->deadline_ms;
    }
    return hurry || first <= now ? 0 : (int)(first - now);
}

static void give_turns(struct met_server *s, bool all)
{
    long long now = time_ms();

    for (size_t i = 0; i < s->room; i++) {
        struct place *p = &s->places[i];
        if (!p->c)
            continue;
        bool due =
            p->told || connection_events(p->c) == 0 || now >= p->c->deadline_ms;
        p->told = false;
        if ((due || all) && !connection_turn(p->c, &s->service))
            end(s, p);
    }
}

static void begin_stop(struct met_server *s)
{
    const struct met_server_options *o = &s->service.limits;
    struct pollfd waiting = {.fd = s->listener, .events = POLLIN};

    while (may_accept(s) && poll(&waiting, 1, 0) > 0)
        accept_one(s);
    close(s->listener);
    s->listener = -1;
    watch(s, EPOLL_CTL_DEL, s->wake, 0, 0);
    s->service.stopping = true;
    s->cut_off_ms = time_ms() + o->request_ms + o->write_ms;
    give_turns(s, true);
}

static bool goes_on(const struct met_server *s)
{
    return !s->service.stopping || (s->count > 0 && time_ms() < s->cut_off_ms);
}

static void *serve(void *arg)
{
    struct met_server *s = arg;
    struct epoll_event events[EVENTS];

    while (goes_on(s)) {
        bool wake = false, knocks = false;
        int n = epoll_wait(s->queue, events, EVENTS, prepare(s));
        for (int i = 0; i < n; i++) {
            long long number = (long long)events[i].data.u64;
            if (number >= 0)
                s->places[number].told = true;
            wake = wake || number == EVENT_WAKE;
            knocks = knocks || number == EVENT_LISTENER;
        }
        give_turns(s, false);
        if (knocks)
            accept_one(s);
        if (wake)
            begin_stop(s);
    }
    for (size_t i = 0; i < s->room; i++)
        if (s->places[i].c)
            end(s, &s->places[i]);
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

    s->wake = eventfd(0, EFD_CLOEXEC);
    s->queue = epoll_create1(EPOLL_CLOEXEC);
    if (s->wake < 0 || s->queue < 0)
        return code_of_errno();
    watch(s, EPOLL_CTL_ADD, s->wake, EPOLLIN, EVENT_WAKE);
    watch(s, EPOLL_CTL_ADD, s->listener, EPOLLIN, EVENT_LISTENER);
    s->listening = true;
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
    s->listener = s->wake = s->queue = -1;
    s->service.maker.registry = r;
    s->service.limits = with_defaults(options);
    s->room = s->service.limits.connections + REFUSED;
    s->places = calloc(s->room, sizeof *s->places);
    return s;
}

static void release(struct met_server *s)
{
    if (s->listener >= 0)
        close(s->listener);
    if (s->wake >= 0)
        close(s->wake);
    if (s->queue >= 0)
        close(s->queue);
    maker_free(&s->service.maker);
    free(s->places);
    free(s);
}

int met_server_start(struct met_registry *r, const char *address, uint16_t port,
                     const struct met_server_options *options,
                     struct met_server **out)
{
    struct met_server *s;
    int err = MET_ENOMEM;

    if (options && is_above(options))
        return MET_EINVAL;
    s = allocate(r, options);
    if (!s)
        return MET_ENOMEM;
    if (s->places)
        err = open_listener(s, address, port);
    if (err == 0)
        err = start_thread(s);
    if (err < 0)
        release(s);
    else
        *out = s;
    return err;
}

uint16_t met_server_port(const struct met_server *s)
{
    return s->port;
}

void met_server_stop(struct met_server *s)
{
    if (!s)
        return;
    eventfd_write(s->wake, 1);
    pthread_join(s->thread, NULL);
    release(s);
}

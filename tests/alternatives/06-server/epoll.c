/* SPDX-License-Identifier: MIT
 *
 * epoll.c - the kernel keeps the list of what is waited for: epoll(7)
 *
 * file: server.c
 */
#include "http.h"

#include "met/error.h"

#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
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
    int fd = accept_next(s->listener);

    if (fd == MET_ENOMEM)
        s->accept_after_ms = time_ms() + PAUSE_MS;
    if (fd < 0)
        return;
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

static struct met_server *allocate(struct met_registry *r,
                                   const struct met_server_options *limits)
{
    struct met_server *s = calloc(1, sizeof *s);

    if (!s)
        return NULL;
    s->listener = s->wake = s->queue = -1;
    s->service.maker.registry = r;
    s->service.limits = *limits;
    s->room = limits->connections + REFUSED;
    s->places = calloc(s->room, sizeof *s->places);
    if (s->places)
        return s;
    release(s);
    return NULL;
}

static int begin(struct met_server *s)
{
    s->wake = eventfd(0, EFD_CLOEXEC);
    s->queue = epoll_create1(EPOLL_CLOEXEC);
    if (s->wake < 0 || s->queue < 0)
        return MET_ESYSTEM;
    watch(s, EPOLL_CTL_ADD, s->wake, EPOLLIN, EVENT_WAKE);
    watch(s, EPOLL_CTL_ADD, s->listener, EPOLLIN, EVENT_LISTENER);
    s->listening = true;
    return start_thread(&s->thread, serve, s);
}

int met_server_start(struct met_registry *r, const char *address, uint16_t port,
                     const struct met_server_options *options,
                     struct met_server **out)
{
    struct met_server_options limits;
    int err = limits_read(&limits, options);

    if (err < 0)
        return err;
    struct met_server *s = allocate(r, &limits);
    if (!s)
        return MET_ENOMEM;
    err = listen_on(address, port, &s->listener, &s->port);
    if (err == 0)
        err = begin(s);
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

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
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

/* Beside the connections that are served there is room for some that are
 * being refused, so that each is told. */
enum { REFUSED = 16, PAUSE_MS = 100 };

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
    int fd = accept_next(s->listener);

    if (fd == MET_ENOMEM)
        s->accept_after_ms = time_ms() + PAUSE_MS;
    if (fd < 0)
        return;
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

static struct met_server *allocate(struct met_registry *r,
                                   const struct met_server_options *limits)
{
    struct met_server *s = calloc(1, sizeof *s);

    if (!s)
        return NULL;
    s->listener = s->wake = -1;
    s->service.maker.registry = r;
    s->service.limits = *limits;
    s->room = limits->connections + REFUSED;
    s->connections = calloc(s->room, sizeof(struct connection *));
    s->polled = calloc(s->room + FIRST, sizeof *s->polled);
    if (s->connections && s->polled)
        return s;
    release(s);
    return NULL;
}

static int begin(struct met_server *s)
{
    s->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return s->wake < 0 ? MET_ESYSTEM : start_thread(&s->thread, serve, s);
}

/// END
int met_server_start(struct met_registry *r, const char *address, uint16_t port,
                     const struct met_server_options *options,
                     struct met_server **out)
{
    /// SOLUTION
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

/* SPDX-License-Identifier: MIT
 *
 * thread-per-connection.c - each connection has a thread, which may wait
 *
 * One thread accepts; a connection's thread waits for its own socket and for
 * the stop, which all see in one eventfd. Answers are made one at a time,
 * under a lock, since their buffers are shared.
 *
 * file: server.c
 */
#include "http.h"

#include "met/error.h"

#include <stdlib.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

enum { REFUSED = 16, PAUSE_MS = 100, GRACE_MS = 50, STACK_BYTES = 256 << 10 };

struct met_server {
    struct service service; /* the lock's, but for the limits */
    int listener, wake;     /* descriptors; wake tells the acceptor */
    int over;               /* tells the connections */
    uint16_t port;
    pthread_t thread;

    pthread_mutex_t lock;
    pthread_cond_t ended;  /* a connection has */
    size_t count, refused; /* connections; how many of them are refused */
    long long cut_off_ms;  /* of a stop */
};

struct guest {
    struct met_server *s;
    struct connection *c;
};

/* ---- a connection's thread ---- */

/* Waits for its socket, its deadline, or a stop. */
static void wait_turn(const struct guest *g, bool stopping, long long cut_off)
{
    const struct connection *c = g->c;
    struct pollfd p[] = {{c->fd, connection_events(c), 0},
                         {stopping ? -1 : g->s->over, POLLIN, 0}};
    long long until = c->deadline_ms, now = time_ms();

    if (stopping && cut_off < until)
        until = cut_off;
    if (p[0].events && until > now)
        wait_for(p, 2, (int)(until - now));
}

static void *attend(void *arg)
{
    struct guest *g = arg;
    struct met_server *s = g->s;
    bool lives = true, stopping = false;
    long long cut_off = 0;

    while (lives && !(stopping && time_ms() >= cut_off)) {
        wait_turn(g, stopping, cut_off);
        pthread_mutex_lock(&s->lock);
        lives = connection_turn(g->c, &s->service);
        stopping = s->service.stopping;
        cut_off = s->cut_off_ms;
        pthread_mutex_unlock(&s->lock);
    }
    pthread_mutex_lock(&s->lock);
    s->count--;
    s->refused -= g->c->refused;
    connection_close(g->c);
    free(g);
    pthread_cond_signal(&s->ended);
    pthread_mutex_unlock(&s->lock);
    return NULL;
}

/* ---- the thread that accepts ---- */

/* With the lock: waits for a connection to end. */
static void wait_ended(struct met_server *s, int ms)
{
    struct timespec t;

    clock_gettime(CLOCK_REALTIME, &t);
    t.tv_nsec += (long)ms * 1000000;
    t.tv_sec += t.tv_nsec / 1000000000;
    t.tv_nsec %= 1000000000;
    pthread_cond_timedwait(&s->ended, &s->lock, &t);
}

/* With the lock. A connection that has just ended may still have its thread:
 * it is given a moment. */
static bool is_full(struct met_server *s)
{
    long long until = time_ms() + GRACE_MS;

    while (s->count - s->refused >= s->service.limits.connections &&
           time_ms() < until)
        wait_ended(s, 10);
    return s->count - s->refused >= s->service.limits.connections;
}

static bool start_guest(struct guest *g)
{
    pthread_attr_t a;
    pthread_t t;

    pthread_attr_init(&a);
    pthread_attr_setdetachstate(&a, PTHREAD_CREATE_DETACHED);
    pthread_attr_setstacksize(&a, STACK_BYTES);
    int err = pthread_create(&t, &a, attend, g);
    pthread_attr_destroy(&a);
    return err == 0;
}

/* With the lock. */
static void welcome(struct met_server *s, int fd)
{
    struct guest *g = malloc(sizeof *g);
    struct connection *c = g ? connection_open(fd, &s->service) : NULL;

    if (!c) {
        close(fd);
        free(g);
        return;
    }
    *g = (struct guest){s, c};
    bool lives = !is_full(s) || connection_refuse(c, &s->service);
    s->count++;
    s->refused += c->refused;
    if (lives && start_guest(g))
        return;
    s->count--;
    s->refused -= c->refused;
    connection_close(c);
    free(g);
}

static void accept_one(struct met_server *s)
{
    int fd = accept_next(s->listener);

    pthread_mutex_lock(&s->lock);
    if (fd >= 0)
        welcome(s, fd);
    else if (fd == MET_ENOMEM)
        wait_ended(s, PAUSE_MS);
    if (s->count >= s->service.limits.connections + REFUSED)
        wait_ended(s, PAUSE_MS);
    pthread_mutex_unlock(&s->lock);
}

/* What had come before the stop is taken in, but not more than there is room
 * for: else clients that go on coming could delay it for ever. Then the
 * connections are told, and then the port is free: who sees that it is may rely
 * on the rest. */
static void begin_stop(struct met_server *s)
{
    const struct met_server_options *o = &s->service.limits;
    struct pollfd waiting = {s->listener, POLLIN, 0};

    for (unsigned n = o->connections + REFUSED;
         n > 0 && poll(&waiting, 1, 0) > 0 && waiting.revents; n--)
        accept_one(s);
    pthread_mutex_lock(&s->lock);
    s->service.stopping = true;
    s->cut_off_ms = time_ms() + o->request_ms + o->write_ms;
    pthread_mutex_unlock(&s->lock);
    close(s->listener);
    s->listener = -1;
    eventfd_write(s->over, 1);
}

static void *serve(void *arg)
{
    struct met_server *s = arg;
    struct pollfd p[] = {{s->listener, POLLIN, 0}, {s->wake, POLLIN, 0}};
    eventfd_t stops;

    do {
        wait_for(p, 2, -1);
        if (p[0].revents)
            accept_one(s);
    } while (!p[1].revents || eventfd_read(s->wake, &stops) != 0);
    begin_stop(s);
    pthread_mutex_lock(&s->lock);
    while (s->count > 0)
        pthread_cond_wait(&s->ended, &s->lock);
    pthread_mutex_unlock(&s->lock);
    return NULL;
}

/* ---- start ---- */

static void release(struct met_server *s)
{
    if (s->listener >= 0)
        close(s->listener);
    if (s->wake >= 0)
        close(s->wake);
    if (s->over >= 0)
        close(s->over);
    maker_free(&s->service.maker);
    pthread_cond_destroy(&s->ended);
    pthread_mutex_destroy(&s->lock);
    free(s);
}

static struct met_server *allocate(struct met_registry *r,
                                   const struct met_server_options *limits)
{
    struct met_server *s = calloc(1, sizeof *s);

    if (!s)
        return NULL;
    s->listener = s->wake = s->over = -1;
    s->service.maker.registry = r;
    s->service.limits = *limits;
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->ended, NULL);
    return s;
}

static int begin(struct met_server *s)
{
    s->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    s->over = eventfd(0, EFD_CLOEXEC);
    if (s->wake < 0 || s->over < 0)
        return MET_ESYSTEM;
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

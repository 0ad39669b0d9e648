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
        poll(p, 2, (int)(until - now));
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
    int fd = accept4(s->listener, NULL, NULL, SOCK_CLOEXEC);
    int one = 1;

    pthread_mutex_lock(&s->lock);
    if (fd >= 0) {
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        welcome(s, fd);
    } else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS ||
               errno == ENOMEM) {
        wait_ended(s, PAUSE_MS);
    }
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

    while (!p[1].revents)
        if (poll(p, 2, -1) > 0 && p[0].revents)
            accept_one(s);
    begin_stop(s);
    pthread_mutex_lock(&s->lock);
    while (s->count > 0)
        pthread_cond_wait(&s->ended, &s->lock);
    pthread_mutex_unlock(&s->lock);
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
    s->over = eventfd(0, EFD_CLOEXEC);
    if (s->wake < 0 || s->over < 0)
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
    s->listener = s->wake = s->over = -1;
    s->service.maker.registry = r;
    s->service.limits = with_defaults(options);
    pthread_mutex_init(&s->lock, NULL);
    pthread_cond_init(&s->ended, NULL);
    return s;
}

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

int met_server_start(struct met_registry *r, const char *address, uint16_t port,
                     const struct met_server_options *options,
                     struct met_server **out)
{
    struct met_server *s;
    int err;

    if (options && is_above(options))
        return MET_EINVAL;
    s = allocate(r, options);
    if (!s)
        return MET_ENOMEM;
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

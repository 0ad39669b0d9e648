/* SPDX-License-Identifier: MIT
 *
 * listen.c - what a server needs of the system, whatever its threads do
 *
/// SOLUTION
 * Limits, a socket that listens, connections from it, a thread, and waiting.
 * None of it knows of requests.
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
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

/* How long to leave poll() alone when it refuses. */
enum { REFUSED_MS = 10 };

/* ---- limits ---- */

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

/// END
int limits_read(struct met_server_options *limits,
                const struct met_server_options *options)
{
    /// SOLUTION
    struct met_server_options o = {0};

    if (options)
        o = *options;
    if (is_above(&o))
        return MET_EINVAL;
    o.connections = or_default(o.connections, MET_SERVER_CONNECTIONS);
    o.head_bytes = or_default(o.head_bytes, MET_SERVER_HEAD_BYTES);
    o.request_ms = or_default(o.request_ms, MET_SERVER_REQUEST_MS);
    o.idle_ms = or_default(o.idle_ms, MET_SERVER_IDLE_MS);
    o.write_ms = or_default(o.write_ms, MET_SERVER_WRITE_MS);
    *limits = o;
    return 0;
    /// STARTER
    /// (void)limits;
    /// (void)options;
    /// return MET_ESYSTEM; /* Step 1 */
    /// END
}

/// SOLUTION
/* ---- the socket that listens ---- */

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

/// END
/* SO_REUSEADDR: the port can be had although connections of a server before us
 * are still winding up. Two that listen it does not allow on Linux. */
int listen_on(const char *address, uint16_t port, int *listener, uint16_t *got)
{
    /// SOLUTION
    union address a;
    socklen_t size;
    int one = 1;

    if (!read_address(address ? address : "127.0.0.1", port, &a, &size))
        return MET_EADDRESS;
    int fd =
        socket(a.any.sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    *listener = fd;
    if (fd < 0 ||
        setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one) != 0 ||
        bind(fd, &a.any, size) != 0 || listen(fd, SOMAXCONN) != 0 ||
        getsockname(fd, &a.any, &size) != 0)
        return code_of_errno();
    *got =
        ntohs(a.any.sa_family == AF_INET ? a.four.sin_port : a.six.sin6_port);
    return 0;
    /// STARTER
    /// (void)address;
    /// (void)port;
    /// (void)listener;
    /// (void)got;
    /// return MET_ESYSTEM; /* Step 1 */
    /// END
}

int accept_next(int listener)
{
    /// SOLUTION
    int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    int one = 1;

    if (fd >= 0) {
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        return fd;
    }
    return errno == EMFILE || errno == ENFILE || errno == ENOBUFS ||
                   errno == ENOMEM
               ? MET_ENOMEM
               : MET_ESYSTEM;
    /// STARTER
    /// (void)listener;
    /// return MET_ESYSTEM; /* Step 2 */
    /// END
}

/// SOLUTION
/* ---- the thread, and waiting ---- */

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

/// END
int start_thread(pthread_t *thread, void *(*run)(void *), void *arg)
{
    /// SOLUTION
    sigset_t before;

    block_signals(&before); /* a new thread has the mask of its creator */
    int err = pthread_create(thread, NULL, run, arg);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return err == 0 ? 0 : MET_ESYSTEM;
    /// STARTER
    /// (void)thread;
    /// (void)run;
    /// (void)arg;
    /// return MET_ESYSTEM; /* Step 2 */
    /// END
}

/* poll(2) refuses where the limit on descriptors was lowered below their
 * number. To ask again at once would be to ask for ever. */
void wait_for(struct pollfd *polled, size_t n, int ms)
{
    /// SOLUTION
    if (poll(polled, n, ms) >= 0)
        return;
    bool refused = errno != EINTR;
    if (refused)
        poll(NULL, 0, ms >= 0 && ms < REFUSED_MS ? ms : REFUSED_MS);
    for (size_t i = 0; i < n; i++)
        polled[i].revents = refused && polled[i].fd >= 0 ? polled[i].events : 0;
    /// STARTER
    /// (void)polled;
    /// (void)n;
    /// (void)ms; /* Step 2 */
    /// END
}

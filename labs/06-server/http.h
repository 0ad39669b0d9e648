/* SPDX-License-Identifier: MIT
 *
 * http.h - what the files of this lab share, and nobody else sees
 *
 * negotiate.c reads what a client would like; request.c reads the head of a
 * request; answer.c makes answers; connection.c moves bytes between one socket
 * and these; listen.c asks the system for sockets and a thread; server.c owns
 * them. You may change this file, too.
 */
#ifndef HTTP_H
#define HTTP_H

#include "met/exposition.h"
#include "met/server.h"

#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

/* clangd 14 sees both of the pragmas only if a declaration comes before. */
struct wish;

/* Hidden: the files of the library see these names, its users do not. */
#pragma GCC visibility push(hidden)

/* ---- negotiate.c ---- */

/* A q of a list is kept in thousandths. */
enum { Q_ONE = 1000, Q_NOT_NAMED = -1 };

/* What the Accept fields so far ask for. It begins as {0}: text. */
struct wish {
    enum met_format format;
    int q; /* of the entry that asks for it */
};
void wish_add(struct wish *w, const char *list, size_t n);

/* What the Accept-Encoding fields so far say. It begins as both not named. */
struct codings {
    int gzip, any; /* q, or Q_NOT_NAMED */
};
void codings_add(struct codings *c, const char *list, size_t n);
bool codings_take_gzip(const struct codings *c);

/* Whether the comma-separated list has the word, in capitals or not. */
bool list_has(const char *list, size_t n, const char *word);

/* ---- request.c ---- */

struct request {
    int status;      /* of the answer: 200, or what is wrong with it */
    bool head;       /* the answer has no body */
    bool close;      /* the connection ends with the answer */
    bool keep_alive; /* HTTP/1.0, but the connection is kept */
    bool gzip;
    enum met_format format;
};

/* Returns the length of the head that begins at bytes, with its empty line; 0
 * when n bytes are not all of it. *seen is how many bytes an earlier call has
 * looked at, 0 at first. */
size_t request_length(const char *bytes, size_t n, size_t *seen);

/* Reads a whole head of n bytes. A token of RFC 9110 is one or more letters,
 * digits, and ! # $ % & ' * + - . ^ _ ` | ~ */
struct request request_read(const char *head, size_t n);

/* ---- answer.c ---- */

struct buffer {
    char *bytes;
    size_t size;
};

/* What answers are made with: buffers that are used again and again. Begins as
 * {0} but for the registry. Only one thread at a time may use it. */
struct maker {
    struct met_registry *registry;
    struct buffer page, packed;
    struct libdeflate_compressor *compressor;
};
void maker_free(struct maker *m);

/* An answer; what it points to lives until the maker makes the next one. */
struct answer {
    char head[512];
    size_t head_length;
    const char *body;
    size_t body_length; /* to be sent: 0 for HEAD */
};
/* Where there is no memory for the page, *r becomes an error. */
void answer_make(struct answer *a, struct maker *m, struct request *r);

/* ---- connection.c ---- */

/* What all connections of a server share. */
struct service {
    struct met_server_options limits; /* none is 0 */
    struct maker maker;
    bool stopping; /* each connection ends with what it has in flight */
};

struct connection {
    int fd;
    enum { READING, WRITING, LINGERING } state;
    long long deadline_ms; /* on the clock of time_ms() */

    char *in; /* what was received and not yet answered */
    size_t in_length, in_seen;
    bool in_ended;   /* the peer has ended its side */
    bool in_started; /* a byte of the next request has come */
    bool in_new;     /* there are bytes in it that nobody has looked at */

    char *out; /* what the socket did not take at once, or NULL */
    size_t out_length, out_sent;
    bool close;   /* when it is sent */
    bool refused; /* one too many: it is only told so */
};

/* A clock that nobody sets, in milliseconds. */
long long time_ms(void);

/* Takes over a socket. Returns NULL when there is no
 * memory; then the socket is still the caller's. */
struct connection *connection_open(int fd, const struct service *s);
void connection_close(struct connection *c);

/* The answer to one connection too many. */
bool connection_refuse(struct connection *c, struct service *s);

/* What to wait for: POLLIN or POLLOUT; 0 when there is something to do now. */
short connection_events(const struct connection *c);

/* Does what can be done without waiting, but not more than one answer: so that
 * others have their turn. Returns whether the connection lives on. */
bool connection_turn(struct connection *c, struct service *s);

/* ---- listen.c ---- */

/* Takes the limits from the options, or NULL, with defaults for what is 0.
 * Returns 0, or MET_EINVAL when one is above its largest value. */
int limits_read(struct met_server_options *limits,
                const struct met_server_options *options);

/* Opens a socket that listens and does not block; address, port and what is
 * returned are those of met_server_start. *listener is the socket, also after
 * an error, then perhaps -1; *got is its port. */
int listen_on(const char *address, uint16_t port, int *listener, uint16_t *got);

/* Takes a new connection. Returns its socket; MET_ENOMEM when there is no
 * descriptor for it now, and it still waits; MET_ESYSTEM when it is gone. */
int accept_next(int listener);

/* Starts a thread to which no signal of the program is given. Returns 0 or
 * MET_ESYSTEM. */
int start_thread(pthread_t *thread, void *(*run)(void *), void *arg);

/* As poll(2), but when that refuses then after a pause all are told to be
 * ready: so who finds nothing there must not wait for it. */
void wait_for(struct pollfd *polled, size_t n, int ms);

#pragma GCC visibility pop

#endif

/* SPDX-License-Identifier: MIT
 *
 * server.h - a registry, served over HTTP to whoever scrapes it
 *
 *     struct met_server *s;
 *     int err = met_server_start(met_registry_default(), NULL, 9100, NULL, &s);
 *
 *     if (err < 0)
 *         ...                           // the port may be taken
 *     printf("http://127.0.0.1:%d/metrics\n", met_server_port(s));
 *     ...                               // it serves, in threads of its own
 *     met_server_stop(s);
 *
 * It is a server for teaching and for a trusted machine: plain HTTP, nobody is
 * asked who they are, and unless told otherwise it listens on the loopback
 * address only. What is to be reached from outside stands behind a reverse
 * proxy.
 *
 * ---- Requests ----
 *
 * GET /metrics answers 200 with the page of exposition.h; HEAD has the header
 * fields of GET and no body. A query behind the path is ignored. A path is
 * compared byte for byte; http://name/metrics is as good as /metrics.
 *
 * What cannot be answered so has the first of these that fits:
 *
 *     503   there are as many connections as there may be: the answer comes
 *           at once, whatever is asked
 *     408   the head is not whole request_ms after its first byte
 *     431   the head (the request line, the fields, the empty line) is longer
 *           than head_bytes
 *     400   it is not HTTP/1.1 or HTTP/1.0, as below
 *     404   another path, whatever the method
 *     405   another method; the answer has Allow: GET, HEAD
 *     413   the request has a body: Content-Length above 0, or
 *           Transfer-Encoding
 *     503   no memory for the page
 *
 * 400 is the answer to a request line that is not "METHOD TARGET VERSION" with
 * single spaces; another version; a line that ends with LF alone, a CR
 * elsewhere, a NUL, or any other control character but a tab in a value; a
 * field without a colon, or whose name is no token of RFC 9110 (so it is not
 * empty, and has no space, neither at its beginning nor before the colon);
 * HTTP/1.1 without Host, or more than one Host; a Content-Length that is no
 * number, two that differ, or one beside Transfer-Encoding; a head that the
 * peer ends in its middle. Empty lines before a request line are skipped.
 *
 * ---- Answers ----
 *
 * Every answer has Content-Type, Content-Length, Date, and Vary: Accept,
 * Accept-Encoding. The bodies of errors are a line of text, never compressed.
 *
 * Format: Accept is a list of media types. The one with the highest q above 0
 * wins, and the first of equals. application/openmetrics-text with version
 * 1.0.0, 0.0.1 or none means OpenMetrics; text/plain with version 0.0.4 or
 * none, and anything with a wildcard, mean the text format. Other types, and
 * an entry whose q is no number from 0 to 1, are left out; other parameters
 * are ignored. When nothing is left it is the text format. The answer is
 * never 406.
 *
 * Compression: the body is compressed with gzip, and the answer has
 * Content-Encoding: gzip, where Accept-Encoding has gzip with q above 0, or *
 * with q above 0 and no gzip. Otherwise it is sent as it is.
 *
 * Several fields of one name are one list. Names of fields, media types,
 * parameters and codings are the same in capitals.
 *
 * ---- Connections ----
 *
 * A connection of HTTP/1.1 is kept for the next request, unless the request
 * has Connection: close; one of HTTP/1.0 is closed, unless it has Connection:
 * keep-alive, and then the answer has it, too. An answer after which the
 * server closes has Connection: close: so have 400, 408, 413, 431, 503, and
 * every answer to a request with a body. A client may send several requests
 * without waiting (pipelining): the answers come in the same order. A peer
 * that has ended its side gets the answers to all that it had asked.
 *
 * A slow or silent client costs a connection for a bounded time, and does not
 * make others wait: see the options. No signal is raised by a peer that went
 * away, and none is handled in the server's threads. When the process has no
 * descriptor left, a new connection waits until there is one. So too when the
 * limit on descriptors is lowered below what is open: the connections that are
 * there go on. Serving costs no more the longer it lasts: memory and
 * descriptors do not grow with the number of requests and connections that
 * came and went.
 *
 * Threads: any, any time; start and stop of one server are for the caller to
 * order. The callbacks of the registry are called in the server's threads.
 *
 * Sources: RFC 9110 and RFC 9112; Prometheus, "Exposition formats". The Go
 * client's handler leaves the limits to its user, and has none by itself.
 */
#ifndef MET_SERVER_H
#define MET_SERVER_H

#include "met/registry.h"

#include <stdint.h>

struct met_server;

/* The limits of a server. A field that is 0 has its default. */
struct met_server_options {
    unsigned connections; /* at once; one more is answered with 503 */
    unsigned head_bytes;  /* of one request: the request line and the fields */
    unsigned request_ms;  /* from the first byte of a head to its last */
    unsigned idle_ms;     /* without a byte of a next request: it is closed */
    unsigned write_ms;    /* for the peer to take one answer: else cut off */
};

/* The defaults, and the largest values. (Prometheus itself gives up a scrape
 * after 10 s, unless it is told otherwise.) */
enum {
    MET_SERVER_CONNECTIONS = 512,
    MET_SERVER_HEAD_BYTES = 8192,
    MET_SERVER_REQUEST_MS = 5000,
    MET_SERVER_IDLE_MS = 60000,
    MET_SERVER_WRITE_MS = 10000,

    MET_SERVER_MOST_CONNECTIONS = 10000,
    MET_SERVER_MOST_HEAD_BYTES = 1 << 20,
    MET_SERVER_MOST_MS = 3600000,
};

/* Starts to serve the registry, which must live until the server is stopped,
 * and stores the server in *out. When it returns 0, a client can connect.
 *
 * address is an IPv4 or IPv6 address in numbers, or NULL for 127.0.0.1;
 * "0.0.0.0" and "::" are all addresses of the machine. Port 0 takes a free
 * one: met_server_port() tells it. options may be NULL: all defaults.
 *
 * A port is ours alone while we serve (no SO_REUSEPORT), and can be had again
 * at once after a stop (SO_REUSEADDR).
 *
 * Returns 0, or
 *   MET_EINVAL      an option is above its largest value
 *   MET_EADDRESS    address is not one in numbers, or not of this machine
 *   MET_EADDRINUSE  another socket has the port
 *   MET_ESYSTEM     the operating system refused: a port below 1024 without
 *                   the right to it, no descriptor, no thread
 *   MET_ENOMEM      no memory could be had
 */
int met_server_start(struct met_registry *r, const char *address, uint16_t port,
                     const struct met_server_options *options,
                     struct met_server **out);

/* Returns the port that the server listens on; never 0. */
uint16_t met_server_port(const struct met_server *s);

/* Stops the server and releases all that it has: when it returns, its port is
 * free, its threads have ended, and its connections are closed.
 *
 * Requests in flight finish first: those of which a byte had been sent when
 * the call began. The last answer on each connection has Connection: close.
 * (Not so when its head had been sent before the call.) Connections on which
 * nothing was asked are closed at once, and new ones are refused. The call
 * takes at most request_ms + write_ms, and hardly any time when nothing is in
 * flight.
 *
 * NULL does nothing. It must not be called in a callback of the registry. */
void met_server_stop(struct met_server *s);

#endif

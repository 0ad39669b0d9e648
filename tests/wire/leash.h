/* SPDX-License-Identifier: MIT
 *
 * leash.h - what a test and the warden of its driver say to each other
 *
 * The leash is a SEQPACKET connection from the test to the sandbox. When the
 * test's end closes, the warden exits, and the kernel kills every process of
 * that test. So a test that ends in any way leaves nothing behind.
 *
 *     test    -> warden   struct leash_hello, with two descriptors:
 *                         the wire, and the file that takes the output
 *     warden  -> test     struct leash_greeting
 *     test    -> warden   struct leash_order, any number of times
 *     warden  -> test     struct leash_news: to each order, and once when
 *                         the driver has ended; with a socket, when the order
 *                         was to connect
 */
#ifndef WIRE_LEASH_H
#define WIRE_LEASH_H

#include <stdbool.h>
#include <stdint.h>

enum { LEASH_KEY = 16, LEASH_PLACES = 2, LEASH_PLACE = 96 };

/* Proves that the caller is the judge: any process of this machine can reach
 * an abstract socket. */
struct leash_hello {
    unsigned char key[LEASH_KEY];
};

struct leash_greeting {
    int hangs; /* tests of this suite that have hung before this one */
};

enum leash_what {
    LEASH_EXPECT_END, /* the driver should be dying: say how, soon */
    LEASH_HUNG,       /* it does not answer: say where it is, end it */
    LEASH_LOCATE,     /* find the places that its output names */
    LEASH_CONNECT,    /* open a connection to the driver's server */
    LEASH_COUNT,      /* what does the driver's process hold? */
};

/* Which server is said by a port and the last number of 127.0.0.x: no order
 * can lead out of the sandbox. */
struct leash_order {
    enum leash_what what;
    uint16_t port;
    uint8_t host;
};

/* As it looks from outside. How long the process was on processors, and how long
 * the threads that are there were ready for one but had to wait. */
struct leash_count {
    long descriptors, threads, memory_bytes;
    int64_t ran_ms, waited_ms;
};

/* What a crash used, as far as its address tells. */
enum leash_why {
    LEASH_WHY_UNKNOWN,
    LEASH_WHY_NULL,    /* a null pointer */
    LEASH_WHY_GARBAGE, /* what cannot be an address */
    LEASH_WHY_GONE,    /* what an earlier call was given */
    LEASH_WHY_PAST,    /* behind the end of what this call was given */
};

struct leash_news {
    enum leash_what what; /* the order that this answers */
    bool ended;           /* the driver is no more */
    bool stopped;         /* it had stopped itself (SIGSTOP and the like) */
    bool outlived;        /* it went on with its wire closed, and was ended */
    int status;           /* as of waitpid(2), when it ended by itself */
    int forbidden;        /* the system call that the fence refused, or -1 */
    enum leash_why why;   /* of SIGSEGV */
    int error;            /* of LEASH_CONNECT: errno, or 0 */
    struct leash_count count;
    char missing[160];    /* the function that a scenario did not find */
    char unloadable[160]; /* the loader's reason */
    /* "counter.c:31", or empty; the second is the other side of a race */
    char place[LEASH_PLACES][LEASH_PLACE];
};

/* Names of the environment, from the judge to the driver. */
#define LEASH_ENV_KEY "ABACUS_KEY"               /* in hex */
#define LEASH_ENV_SUBMISSION "ABACUS_SUBMISSION" /* its shared object */
#define LEASH_ENV_FENCE "ABACUS_FENCE"           /* "namespaces" or "limits" */
#define LEASH_ENV_NETWORK "ABACUS_NETWORK"       /* "loopback" or not there */

/* The driver's descriptors: where the zygote listens and says "ready", and
 * where the submission's process has its wire. */
enum { LEASH_FD_LISTEN = 3, LEASH_FD_READY = 4, LEASH_FD_WIRE = 3 };

#endif

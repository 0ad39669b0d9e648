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
 *                         the driver has ended
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
};

struct leash_order {
    enum leash_what what;
};

struct leash_news {
    enum leash_what what; /* the order that this answers */
    bool ended;           /* the driver is no more */
    bool stopped;         /* it had stopped itself (SIGSTOP and the like) */
    bool outlived;        /* it went on with its wire closed, and was ended */
    int status;           /* as of waitpid(2), when it ended by itself */
    int forbidden;        /* the system call that the fence refused, or -1 */
    char missing[160];    /* the function that a scenario did not find */
    char unloadable[160]; /* the loader's reason */
    /* "counter.c:31", or empty; the second is the other side of a race */
    char place[LEASH_PLACES][LEASH_PLACE];
};

/* Names of the environment, from the judge to the driver. */
#define LEASH_ENV_KEY "ABACUS_KEY"               /* in hex */
#define LEASH_ENV_SUBMISSION "ABACUS_SUBMISSION" /* its shared object */
#define LEASH_ENV_FENCE "ABACUS_FENCE"           /* "namespaces" or "limits" */

/* The driver's descriptors: where the zygote listens and says "ready", and
 * where the submission's process has its wire. */
enum { LEASH_FD_LISTEN = 3, LEASH_FD_READY = 4, LEASH_FD_WIRE = 3 };

#endif

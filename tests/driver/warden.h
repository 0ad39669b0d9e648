/* SPDX-License-Identifier: MIT
 *
 * warden.h - watches over one test's process
 */
#ifndef DRIVER_WARDEN_H
#define DRIVER_WARDEN_H

#include "wire/leash.h"

#include <stdatomic.h>
#include <stdbool.h>

/* What the zygote gives to each warden. */
struct charge {
    unsigned char key[LEASH_KEY];
    const char *submission;
    bool namespaces;   /* this process is the first of its PID namespace */
    bool network;      /* the submission may serve on the loopback device */
    atomic_int *hangs; /* shared with the zygote and all wardens */
};

/* Starts the submission's process for the test at the other end of the leash,
 * obeys its orders, and exits when the leash closes: nothing of the test is
 * left then. */
_Noreturn void warden(int leash, const struct charge *charge);

#endif

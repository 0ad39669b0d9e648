/* SPDX-License-Identifier: MIT
 *
 * fence.h - what the submission's process may do and use
 */
#ifndef DRIVER_FENCE_H
#define DRIVER_FENCE_H

enum {
    FENCE_OUTPUT_BYTES = 1 << 20, /* of one file, standard output too */
    FENCE_THREADS = 80,
    FENCE_MEMORY_BYTES = 512 << 20,
    FENCE_DESCRIPTORS = 256,
    /* of a server: hundreds of connections, perhaps with a thread for each */
    FENCE_SERVER_THREADS = 400,
    FENCE_SERVER_MEMORY_BYTES = 1 << 30,
    FENCE_SERVER_DESCRIPTORS = 1024,
};

/* Limits the calling process for good: resources, capabilities, and a list of
 * system calls that end it with SIGSYS. `sanitized` leaves out what the
 * sanitizers' runtimes need; `network` lets it listen for TCP connections, and
 * never begin one. Exits when a limit cannot be set: better no test than one
 * without its fence. */
void fence_raise(int sanitized, int network);

#endif

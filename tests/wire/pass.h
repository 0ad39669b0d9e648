/* SPDX-License-Identifier: MIT
 *
 * pass.h - send open descriptors to another process (unix(7), SCM_RIGHTS)
 */
#ifndef WIRE_PASS_H
#define WIRE_PASS_H

#include <stddef.h>
#include <sys/types.h>

enum { PASS_MOST = 4 }; /* descriptors in one message */

/* Sends the bytes with n descriptors. Returns what sendmsg(2) returned. */
ssize_t pass_send(int socket, const void *bytes, size_t size, const int *fds,
                  int n);

/* Receives bytes and up to n descriptors, close-on-exec; those that did not
 * come are -1. Descriptors beyond n are closed, never kept unseen. Returns
 * what recvmsg(2) returned. */
ssize_t pass_receive(int socket, void *bytes, size_t size, int *fds, int n);

#endif

/* SPDX-License-Identifier: MIT
 *
 * reach.h - a connection to the submission's server, and what its process
 * holds
 *
 * The warden does this: it is in the namespaces of its test, and nothing of
 * the submission runs in it.
 */
#ifndef DRIVER_REACH_H
#define DRIVER_REACH_H

#include "wire/leash.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* Connects to 127.0.0.host. Returns a socket that does not block, perhaps not
 * yet connected: a server that accepts nothing must not hold the warden up. Or
 * returns a negative errno. */
int reach_connect(uint8_t host, uint16_t port);

/* Whether a socket of this process listens at the port. */
bool reach_listens(pid_t pid, uint16_t port);

/* What cannot be read stays as it is. */
void reach_count(pid_t pid, struct leash_count *count);

#endif

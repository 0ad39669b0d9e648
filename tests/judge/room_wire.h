/* SPDX-License-Identifier: MIT
 *
 * room_wire.h - what the parts of a room share
 */
#ifndef JUDGE_ROOM_WIRE_H
#define JUDGE_ROOM_WIRE_H

#include "room.h"

enum { ROOM_FD_WIRE = 3, ROOM_TARGET_PORT = 8000, ROOM_PROMETHEUS_PORT = 9090 };

/* Sends a head, to which Content-Length is added, and a body to Prometheus.
 * Returns the whole answer, or NULL; *error is then a negative errno. The
 * caller frees it. */
char *room_http(struct room *r, const char *head, const char *body, size_t n,
                int *error);

#endif

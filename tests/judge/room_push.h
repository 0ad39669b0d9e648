/* SPDX-License-Identifier: MIT
 *
 * room_push.h - give a Prometheus in a room samples that it did not scrape
 *
 * By its remote-write receiver: protocol buffers (prometheus/prompb,
 * WriteRequest) in snappy's block format, of which nothing is used but
 * literals.
 */
#ifndef JUDGE_ROOM_PUSH_H
#define JUDGE_ROOM_PUSH_H

#include "room.h"

struct push {
    char *bytes;
    size_t n, room;
};

struct push_sample {
    double time, value;
};

/* Adds a series: pairs of label names and values, sorted by name; the last one
 * has no name. */
void push_series(struct push *p, const char *const labels[][2],
                 const struct push_sample *samples, size_t n);

/* Sends all, and forgets it. Returns NULL, or what went wrong. */
const char *push_send(struct push *p, struct room *r);

#endif

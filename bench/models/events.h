/* SPDX-License-Identifier: MIT
 *
 * events.h - what will happen, in the order of time
 *
 * Two events at one time come in the order in which they were added, so that a
 * run is the same every time.
 */
#ifndef BENCH_MODEL_EVENTS_H
#define BENCH_MODEL_EVENTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum model_event_kind {
    MODEL_BEGIN,  /* a core begins its step */
    MODEL_END,    /* an access of a core is done */
    MODEL_LEAVE,  /* a line leaves its owner */
    MODEL_ARRIVE, /* a line is where it was asked for */
};

struct model_event {
    int64_t time;
    uint64_t order;
    enum model_event_kind kind;
    int who; /* the core, or the line */
};

/* A core waits for one event at most, and so does a line. */
enum { MODEL_MAX_EVENTS = 256 + 1 };

struct model_events {
    struct model_event heap[MODEL_MAX_EVENTS];
    size_t n;
    uint64_t added;
};

void model_events_add(struct model_events *e, int64_t time,
                      enum model_event_kind kind, int who);

/* The first; there must be one. */
struct model_event model_events_take(struct model_events *e);

#endif

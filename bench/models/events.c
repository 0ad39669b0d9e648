/* SPDX-License-Identifier: MIT
 *
 * events.c - a binary heap; see events.h
 */
#include "events.h"

#include "fail.h"

static bool before(const struct model_event *a, const struct model_event *b)
{
    return a->time != b->time ? a->time < b->time : a->order < b->order;
}

static void swap(struct model_event *a, struct model_event *b)
{
    struct model_event old = *a;

    *a = *b;
    *b = old;
}

void model_events_add(struct model_events *e, int64_t time,
                      enum model_event_kind kind, int who)
{
    size_t i = e->n;

    if (e->n == MODEL_MAX_EVENTS)
        bench_fail("the model has more events than cores and lines");
    e->heap[e->n++] = (struct model_event){time, e->added++, kind, who};
    for (; i > 0 && before(&e->heap[i], &e->heap[(i - 1) / 2]); i = (i - 1) / 2)
        swap(&e->heap[i], &e->heap[(i - 1) / 2]);
}

struct model_event model_events_take(struct model_events *e)
{
    struct model_event first;
    size_t i = 0, child;

    if (e->n == 0)
        bench_fail("the model stands still: every core waits");
    first = e->heap[0];
    e->heap[0] = e->heap[--e->n];
    while ((child = 2 * i + 1) < e->n) {
        if (child + 1 < e->n && before(&e->heap[child + 1], &e->heap[child]))
            child++;
        if (!before(&e->heap[child], &e->heap[i]))
            break;
        swap(&e->heap[i], &e->heap[child]);
        i = child;
    }
    return first;
}

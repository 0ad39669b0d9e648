/* SPDX-License-Identifier: MIT
 *
 * miss.c - looking a child up that is not there: it is created, counts once,
 * and is removed again
 *
 * The removal keeps the number of children, and belongs to the time: half of
 * it, or so. Each child has a name that was never there before, and must have
 * counted 1 in the end: no other thread got it, and it began at 0.
 */
#include "series.h"

/* The next number, in place. */
static inline void next_name(char *name)
{
    char *digit = name + strlen(name) - 1;

    while (*digit == '9')
        *digit-- = '0';
    ++*digit;
}

static inline void update(struct state *s, int thread)
{
    struct walk *w = &s->walks[thread];
    const char *const values[] = {"GET", w->name};
    struct met_child *c;

    next_name(w->name);
    if (met_family_child(s->series->family, values, 2, &c) < 0)
        return; /* then the sum is wrong */
    met_counter_inc(met_child_counter(c));
    met_family_remove(s->series->family, values, 2);
    w->seen += met_counter_value(met_child_counter(c)) == 1;
    met_child_release(c);
}

static uint64_t sum(struct state *s, int threads)
{
    uint64_t all = 0;

    for (int i = 0; i < threads; i++)
        all += s->walks[i].seen;
    return all;
}

#include "loop.h"

SERIES_ROWS("miss", 30, "create a child, and remove it", BENCH_ROW "hit-1");

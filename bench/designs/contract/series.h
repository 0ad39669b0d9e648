/* SPDX-License-Identifier: MIT
 *
 * series.h - a family with 1, 100, 10000 or 100000 children
 *
 * What the designs of the suite labels share: each measures one way to a child
 * of any implementation of registry.h, called as its users call it, among so
 * many children. BENCH_ROW comes before the names of the rows, BENCH_RANK is
 * added to their ranks, BENCH_RIVAL is what the look-up among 1 is compared
 * with.
 *
 * A thread walks through all children, each time in the same shuffled order:
 * the names are read one behind the other, the children lie anywhere. So the
 * rows differ in the look-up, and not in how the name was come by.
 */
#ifndef BENCH_SERIES_H
#define BENCH_SERIES_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <met/registry.h>

#include "counted.h"
#include "design.h"
#include "rng.h"

enum {
    SERIES_NAME = 16,  /* bytes for one name */
    SERIES_MORE = 8192 /* beyond the limit: children that are being made */
};

/* A family. It takes a while to make, so it is made once in a process; the
 * trials take turns in using it. */
struct series {
    struct met_registry *registry;
    struct met_family *family;
    size_t n;
    char (*name)[SERIES_NAME]; /* shuffled */
    struct met_child **child;  /* of these names, held for ever */
};

static inline int series_child(struct met_family *f, const char *name,
                               struct met_child **out)
{
    const char *const values[] = {"GET", name};

    return met_family_child(f, values, 2, out);
}

static inline int series_make_family(struct series *s)
{
    static const char *const labels[] = {"method", "path"};
    int err = met_registry_create(&s->registry);

    if (err == 0)
        err = met_registry_counter(s->registry, "requests_total", "Requests.",
                                   labels, 2, &s->family);
    if (err == 0)
        met_family_set_limit(s->family, s->n + SERIES_MORE);
    return err;
}

/* Makes the children in the order of their numbers. Nothing is released after
 * an error: the run ends with it. */
static inline int series_make(struct series *s, size_t n)
{
    struct bench_rng rng = {7}; /* the same order in every process */
    int *place = calloc(n, sizeof *place);

    s->n = n;
    s->name = calloc(n, sizeof *s->name);
    s->child = calloc(n, sizeof(struct met_child *));
    if (place == NULL || s->name == NULL || s->child == NULL)
        return -1;
    for (size_t i = 0; i < n; i++)
        place[i] = (int)i;
    bench_rng_shuffle(&rng, place, n);
    int err = series_make_family(s);
    for (size_t i = 0; i < n && err == 0; i++) {
        char *name = s->name[place[i]];
        snprintf(name, SERIES_NAME, "/%06zu", i);
        err = series_child(s->family, name, &s->child[place[i]]);
    }
    free(place);
    return err;
}

/* What all children have counted. */
static inline double series_total(const struct series *s)
{
    double total = 0;

    for (size_t i = 0; i < s->n; i++)
        total += met_counter_value(met_child_counter(s->child[i]));
    return total;
}

/* ---- the state of a design ---- */

struct walk {
    _Alignas(BENCH_LINE) size_t at;
    uint64_t seen;          /* children made by miss that counted 1 */
    char name[SERIES_NAME]; /* of the last of them */
};

struct state {
    struct series *series;
    double before;       /* the total at the start of the trial */
    struct walk walks[]; /* one a thread */
};

static inline size_t series_step(struct state *s, int thread)
{
    struct walk *w = &s->walks[thread];
    size_t at = w->at;

    w->at = at + 1 < s->series->n ? at + 1 : 0;
    return at;
}

static inline int series_init(struct state *s, struct series *series, size_t n)
{
    if (series->child == NULL && series_make(series, n) < 0)
        return -1;
    if (series->n != n)
        return -1;
    s->series = series;
    s->before = series_total(series);
    return 0;
}

/* Threads do not walk behind each other. */
static void enter(void *state, int thread)
{
    struct state *s = state;

    s->walks[thread].at = (size_t)thread * 7919 % s->series->n;
    snprintf(s->walks[thread].name, SERIES_NAME, "+%03d00000000",
             thread % 1000);
}

static inline uint64_t series_counted(const struct state *s)
{
    return bench_counted(series_total(s->series) - s->before);
}

/* ---- the rows ---- */

/* Behind loop.h: SERIES_ROWS("hit", rank, "what it does", against of the row
 * with 1 child). */
#define SERIES_INIT(n_)                                   \
    static int init_##n_(void *state)                     \
    {                                                     \
        static struct series series;                      \
        return series_init(state, &series, (size_t)(n_)); \
    }

#define SERIES_ROW(kind, rank_, what_, n_, against_, next_)            \
    {                                                                  \
        BENCH_LOOP, .name = BENCH_ROW kind "-" #n_, .what = what_,     \
                    .rank = BENCH_RANK + (rank_), .against = against_, \
                    .bytes_per_thread = sizeof(struct walk),           \
                    .init = init_##n_, .enter = enter, .next = next_   \
    }

#define SERIES_ROWS(kind, rank, what, against_of_1)                           \
    SERIES_INIT(1)                                                            \
    SERIES_INIT(100)                                                          \
    SERIES_INIT(10000)                                                        \
    SERIES_INIT(100000)                                                       \
    static const struct bench_design more[] = {                               \
        SERIES_ROW(kind, rank + 1, what, 100, BENCH_ROW kind "-1", &more[1]), \
        SERIES_ROW(kind, rank + 2, what, 10000, BENCH_ROW kind "-1",          \
                   &more[2]),                                                 \
        SERIES_ROW(kind, rank + 3, what, 100000, BENCH_ROW kind "-1", NULL)}; \
    const struct bench_design bench_design =                                  \
        SERIES_ROW(kind, rank, what, 1, against_of_1, more)

#endif

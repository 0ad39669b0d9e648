/* SPDX-License-Identifier: MIT
 *
 * work-children.h - the family of work.h, with 1000 children, of any
 * implementation of registry.h
 */
#ifndef BENCH_WORK_CHILDREN_H
#define BENCH_WORK_CHILDREN_H

#include <stdio.h>
#include <stdlib.h>

#include <met/registry.h>

#include "work.h"

/* ---- a family, made once in a process ---- */

struct work_family {
    struct met_registry *registry;
    struct met_family *family;
    char method[WORK_KEYS][8], path[WORK_KEYS][32];
    struct met_child *child[WORK_KEYS]; /* held for ever */
};

static inline int work_child(struct work_family *w, size_t i,
                             struct met_child **out)
{
    const char *const values[] = {w->method[i], w->path[i]};

    return met_family_child(w->family, values, 2, out);
}

/* Nothing is released after an error: the run ends with it. */
static inline int work_make(struct work_family *w)
{
    static const char *const labels[] = {"method", "path"};
    int err = met_registry_create(&w->registry);

    if (err == 0)
        err = met_registry_counter(w->registry, "requests_total", "Requests.",
                                   labels, 2, &w->family);
    for (size_t i = 0; i < WORK_KEYS && err == 0; i++) {
        snprintf(w->method[i], sizeof w->method[i], "m%zu", i % 10);
        snprintf(w->path[i], sizeof w->path[i], "/api/v1/items/%zu", i / 10);
        err = work_child(w, i, &w->child[i]);
    }
    return err;
}

/* What all children have counted. */
static inline double work_total(const struct work_family *w)
{
    double total = 0;

    for (size_t i = 0; i < WORK_KEYS; i++)
        total += met_counter_value(met_child_counter(w->child[i]));
    return total;
}

/* ---- the state of a design that counts in a family ---- */

struct walk {
    _Alignas(BENCH_LINE) size_t at;
};

struct state {
    struct work_family *family;
    struct met_counter *kept; /* that of the child WORK_KEPT */
    double before;            /* the total at the start of the trial */
    struct walk walks[];      /* one a thread */
};

static inline int work_init(void *state)
{
    static struct work_family *family;
    struct state *s = state;

    if (family == NULL) {
        family = calloc(1, sizeof *family);
        if (family == NULL || work_make(family) < 0)
            return -1;
    }
    s->family = family;
    s->kept = met_child_counter(family->child[WORK_KEPT]);
    s->before = work_total(family);
    return 0;
}

static inline void work_enter(void *state, int thread)
{
    struct state *s = state;

    s->walks[thread].at = (size_t)thread * WORK_APART % WORK_KEYS;
}

static inline size_t work_next(struct state *s, int thread)
{
    struct walk *w = &s->walks[thread];
    size_t at = w->at;

    w->at = at + WORK_STEP < WORK_KEYS ? at + WORK_STEP
                                       : at + WORK_STEP - WORK_KEYS;
    return at;
}

static inline uint64_t sum(struct state *s, int threads)
{
    (void)threads;
    return bench_counted(work_total(s->family) - s->before);
}

#endif

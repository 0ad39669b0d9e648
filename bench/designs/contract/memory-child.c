/* SPDX-License-Identifier: MIT
 *
 * memory-child.c - 1000 children with two labels, of any implementation of
 * registry.h
 *
 * BENCH_ROW comes before the name of the row, BENCH_RANK is its rank.
 */
#include <met/registry.h>

#include <stdio.h>

#include "counted.h"
#include "memory/thousand.h"

struct state {
    struct met_registry *registry;
    struct met_child *child[THOUSAND];
    struct met_counter *counter[THOUSAND];
    struct walk walk[]; /* one a thread */
};

static int add_child(struct state *s, struct met_family *f, size_t i)
{
    char path[32];
    const char *const values[] = {"GET", path};
    int err;

    snprintf(path, sizeof path, "/items/%03zu", i);
    err = met_family_child(f, values, 2, &s->child[i]);
    if (err == 0)
        s->counter[i] = met_child_counter(s->child[i]);
    return err;
}

static int init(void *state)
{
    static const char *const labels[] = {"method", "path"};
    struct state *s = state;
    struct met_family *f;
    int err;

    count_begin();
    err = met_registry_create(&s->registry);
    if (err == 0)
        err = met_registry_counter(s->registry, "requests_total", "Requests.",
                                   labels, 2, &f);
    for (size_t i = 0; i < THOUSAND && err == 0; i++)
        err = add_child(s, f, i);
    return err;
}

static void fini(void *state)
{
    struct state *s = state;

    for (size_t i = 0; i < THOUSAND; i++)
        met_child_release(s->child[i]);
    met_registry_destroy(s->registry);
}

static void enter(void *state, int thread)
{
    struct state *s = state;

    walk_begin(s->walk, thread);
}

static struct bench_memory memory(void *state)
{
    (void)state;
    return count_held(THOUSAND);
}

static inline void update(struct state *s, int thread)
{
    met_counter_inc(s->counter[walk_step(s->walk, thread)]);
}

static uint64_t sum(struct state *s, int threads)
{
    double total = 0;

    (void)threads;
    for (size_t i = 0; i < THOUSAND; i++)
        total += met_counter_value(s->counter[i]);
    return bench_counted(total);
}

#include "loop.h"

BENCH_DESIGN(.name = BENCH_ROW "child",
             .what = "met_family_child of this folder", .rank = BENCH_RANK + 1,
             .init = init, .fini = fini, .enter = enter, .memory = memory,
             .bytes_per_thread = sizeof(struct walk));

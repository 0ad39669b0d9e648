/* SPDX-License-Identifier: MIT
 *
 * scenario.c - the list of scenarios, and threads for them
 */
#include "scenario.h"

#include <pthread.h>
#include <string.h>
#include <unistd.h>

enum { MOST_THREADS = 64, STACK_BYTES = 256 << 10 };

/* The linker collects the section; it is absent when nothing is in it. */
extern const struct scenario *const __start_scenarios[] __attribute__((weak));
extern const struct scenario *const __stop_scenarios[] __attribute__((weak));

const struct scenario *scenario_find(const char *name)
{
    for (const struct scenario *const *s = __start_scenarios;
         s < __stop_scenarios; s++)
        if (strcmp((*s)->name, name) == 0)
            return *s;
    return NULL;
}

struct worker {
    size_t i;
    void (*body)(size_t, void *);
    void *shared;
    pthread_barrier_t *start;
    pthread_t thread;
};

static void *work(void *p)
{
    struct worker *w = p;

    pthread_barrier_wait(w->start);
    w->body(w->i, w->shared);
    return NULL;
}

void scenario_threads(size_t n, void (*body)(size_t, void *), void *shared)
{
    struct worker w[MOST_THREADS];
    pthread_barrier_t start;
    pthread_attr_t small; /* many stacks fit into the fence's memory limit */

    if (n < 1 || n > MOST_THREADS || pthread_attr_init(&small) != 0 ||
        pthread_attr_setstacksize(&small, STACK_BYTES) != 0 ||
        pthread_barrier_init(&start, NULL, (unsigned)n) != 0)
        _exit(122);
    for (size_t i = 0; i < n; i++) {
        w[i] = (struct worker){i, body, shared, &start, 0};
        if (pthread_create(&w[i].thread, &small, work, &w[i]) != 0)
            _exit(122);
    }
    for (size_t i = 0; i < n; i++)
        pthread_join(w[i].thread, NULL);
    pthread_attr_destroy(&small);
    pthread_barrier_destroy(&start);
}

/* SPDX-License-Identifier: MIT
 *
 * scraped.h - a registry that is updated while it is scraped 0, 1, 10 or 100
 * times a second
 *
 * What the designs of the suite interference share. The registry has 1000
 * counters with two labels and 100 histograms with the default bounds; a
 * scrape is met_expose() of all of them into memory, by a thread on the last
 * CPU. All updates go to one counter, or one histogram.
 *
 * The scrapes are due at whole periods since the process began, whenever a
 * trial begins and ends: once a second is once a second, though most trials
 * then have no scrape. BENCH_ROW comes before the names of the rows, BENCH_RANK
 * is added to their ranks.
 */
#ifndef BENCH_SCRAPED_H
#define BENCH_SCRAPED_H

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include <met/exposition.h>

#include "background.h"
#include "clock.h"

enum { COUNTERS = 1000, HISTOGRAMS = 100, PAGE_BYTES = 1 << 20 };
enum { SECOND_NS = 1000000000 };

struct state {
    struct met_registry *registry;
    struct met_child *counter, *histogram; /* that are updated */
    char *page;
    uint64_t period_ns;
    pthread_mutex_t lock; /* for asleep */
    pthread_cond_t asleep;
    struct background scraper;
    uint64_t pages, errors; /* read after the scraper has ended */
};

/* ---- the registry ---- */

static int add_children(struct met_family *f, int n, int labels,
                        struct met_child **first)
{
    for (int i = 0; i < n; i++) {
        char path[32];
        const char *const values[] = {path, "GET"};
        struct met_child *c;
        int err;

        snprintf(path, sizeof path, "/items/%d", i);
        err = met_family_child(f, values, (size_t)labels, &c);
        if (err < 0)
            return err;
        if (i == 0)
            *first = c;
        else
            met_child_release(c);
    }
    return 0;
}

static int fill(struct state *s)
{
    static const char *const labels[] = {"path", "method"};
    double bounds[MET_DEFAULT_BOUNDS];
    struct met_family *f;
    int err = met_registry_counter(s->registry, "requests_total", "Requests.",
                                   labels, 2, &f);

    if (err == 0)
        err = add_children(f, COUNTERS, 2, &s->counter);
    met_bounds_default(bounds);
    if (err == 0)
        err = met_registry_histogram(
            s->registry, "duration_seconds", "Duration of a request.", labels,
            1, bounds, sizeof bounds / sizeof *bounds, &f);
    return err == 0 ? add_children(f, HISTOGRAMS, 1, &s->histogram) : err;
}

/* ---- the scraper ---- */

/* Sleeps until then, or until it shall stop. */
static bool sleep_until(struct state *s, uint64_t ns)
{
    struct timespec until = {(time_t)(ns / SECOND_NS), (long)(ns % SECOND_NS)};
    bool stop;

    pthread_mutex_lock(&s->lock);
    while (!(stop = atomic_load(&s->scraper.stop)) &&
           pthread_cond_timedwait(&s->asleep, &s->lock, &until) != ETIMEDOUT)
        ;
    pthread_mutex_unlock(&s->lock);
    return !stop;
}

static void *scraper_main(void *state)
{
    static uint64_t begin; /* of the process; one scraper at a time */
    struct state *s = state;
    uint64_t now = bench_now_ns();

    background_pin();
    begin = begin == 0 ? now : begin;
    uint64_t next = begin + ((now - begin) / s->period_ns + 1) * s->period_ns;
    for (; sleep_until(s, next); next += s->period_ns) {
        size_t n = 0;
        int err = met_expose(s->registry, MET_TEXT, s->page, PAGE_BYTES, &n);

        s->pages++;
        s->errors += err < 0 || n == 0;
    }
    return NULL;
}

static int start_scraper(struct state *s, uint64_t per_second)
{
    pthread_condattr_t monotonic;

    pthread_mutex_init(&s->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&s->asleep, &monotonic);
    pthread_condattr_destroy(&monotonic);
    if (per_second == 0)
        return 0;
    s->period_ns = SECOND_NS / per_second;
    return background_start(&s->scraper, scraper_main, s);
}

/* May be called twice. */
static void end_scraper(struct state *s)
{
    pthread_mutex_lock(&s->lock);
    atomic_store(&s->scraper.stop, true);
    pthread_cond_signal(&s->asleep);
    pthread_mutex_unlock(&s->lock);
    background_end(&s->scraper);
}

/* ---- the design ---- */

static int make(struct state *s, uint64_t per_second)
{
    int err = met_registry_create(&s->registry);

    s->page = malloc(PAGE_BYTES);
    if (s->page == NULL)
        err = -1;
    if (err == 0)
        err = fill(s);
    return err == 0 ? start_scraper(s, per_second) : err;
}

static void fini(void *state)
{
    struct state *s = state;

    end_scraper(s);
    pthread_cond_destroy(&s->asleep);
    pthread_mutex_destroy(&s->lock);
    met_child_release(s->counter);
    met_child_release(s->histogram);
    met_registry_destroy(s->registry);
    free(s->page);
}

/* ---- the rows ---- */

/* Behind loop.h: SCRAPED_ROWS("counter", rank, "what"). The rows are compared
 * with the one that is not scraped; that one with the reference's counter. */
#define SCRAPED_INIT(rate)              \
    static int init_##rate(void *state) \
    {                                   \
        return make(state, (rate));     \
    }

#define SCRAPED_ROW(kind, rank_, what_, rate, against_, next_)         \
    {                                                                  \
        BENCH_LOOP, .name = BENCH_ROW kind "-" #rate,                  \
                    .what = what_ ", " #rate " scrapes a second",      \
                    .rank = BENCH_RANK + (rank_), .against = against_, \
                    .init = init_##rate, .fini = fini, .next = next_   \
    }

#define SCRAPED_ROWS(kind, rank, what)                                         \
    SCRAPED_INIT(0)                                                            \
    SCRAPED_INIT(1)                                                            \
    SCRAPED_INIT(10)                                                           \
    SCRAPED_INIT(100)                                                          \
    static const struct bench_design more[] = {                                \
        SCRAPED_ROW(kind, (rank) + 1, what, 1, BENCH_ROW kind "-0", &more[1]), \
        SCRAPED_ROW(kind, (rank) + 2, what, 10, BENCH_ROW kind "-0",           \
                    &more[2]),                                                 \
        SCRAPED_ROW(kind, (rank) + 3, what, 100, BENCH_ROW kind "-0", NULL)};  \
    const struct bench_design bench_design =                                   \
        SCRAPED_ROW(kind, rank, what, 0, kind "-0", more)

#endif

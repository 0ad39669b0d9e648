/* SPDX-License-Identifier: MIT
 *
 * read-scrape.c - met_expose() of any implementation of exposition.h: the page
 * of 1 to 10000 counters, in the text format, into memory
 *
 * BENCH_ROW comes before the names of the rows, BENCH_RANK is added to their
 * ranks.
 */
#include <met/exposition.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "read/shards.h"

enum { PAGE_BYTES = 1 << 20, MOST = 10000 };

struct place {
    struct reader reader;
    char page[PAGE_BYTES];
};

struct state {
    struct met_registry *registry;
    size_t series, length; /* of the first page */
    struct place place[];  /* one a thread */
};

static int add_series(struct met_family *f, size_t i)
{
    char path[32];
    const char *const values[] = {"GET", path};
    struct met_child *c;
    int err;

    snprintf(path, sizeof path, "/items/%zu", i);
    err = met_family_child(f, values, 2, &c);
    if (err == 0) {
        met_counter_add(met_child_counter(c), (double)(i * 7919));
        met_child_release(c);
    }
    return err;
}

/* Whether the page has a line for each series, with its value: they are the
 * lines that begin with the name. */
static bool is_whole(const char *text, size_t series)
{
    size_t lines = 0;

    for (const char *at = text; (at = strstr(at, "requests_total{")); at++)
        lines++;
    return lines == series;
}

static int first_page(struct state *s)
{
    char *text = malloc(PAGE_BYTES + 1);
    int err;

    if (text == NULL)
        return -1;
    err = met_expose(s->registry, MET_TEXT, text, PAGE_BYTES, &s->length);
    if (err == 0) {
        text[s->length] = '\0';
        err = is_whole(text, s->series) ? 0 : -1;
    }
    free(text);
    return err;
}

static int make(struct state *s, size_t series)
{
    static const char *const labels[] = {"method", "path"};
    struct met_family *f;
    int err = met_registry_create(&s->registry);

    s->series = series;
    if (err == 0)
        err = met_registry_counter(s->registry, "requests_total", "Requests.",
                                   labels, 2, &f);
    if (err == 0)
        met_family_set_limit(f, MOST);
    for (size_t i = 0; i < series && err == 0; i++)
        err = add_series(f, i);
    return err == 0 ? first_page(s) : err;
}

static void fini(void *state)
{
    met_registry_destroy(((struct state *)state)->registry);
}

static inline void update(struct state *s, int thread)
{
    struct place *mine = &s->place[thread];
    size_t n = 0;

    if (met_expose(s->registry, MET_TEXT, mine->page, PAGE_BYTES, &n) == 0)
        mine->reader.right += n == s->length;
}

static uint64_t sum(struct state *s, int threads)
{
    uint64_t right = 0;

    for (int i = 0; i < threads; i++)
        right += s->place[i].reader.right;
    return right;
}

#define BENCH_EVERY 1
#include "loop.h"

#define SCRAPE_INIT(n)               \
    static int init_##n(void *state) \
    {                                \
        return make(state, (n));     \
    }

#define SCRAPE_ROW(n, batch_, against_, next_)                                 \
    {                                                                          \
        BENCH_LOOP, .name = BENCH_ROW "scrape-" #n,                            \
                    .what = "met_expose of this folder",                       \
                    .rank = BENCH_RANK + 10 + (n) / 1000, .against = against_, \
                    .bytes_per_thread = sizeof(struct place), .batch = batch_, \
                    .init = init_##n, .fini = fini, .next = next_              \
    }

SCRAPE_INIT(1)
SCRAPE_INIT(100)
SCRAPE_INIT(1000)
SCRAPE_INIT(10000)

static const struct bench_design more[] = {
    SCRAPE_ROW(100, 64, BENCH_ROW "scrape-1", &more[1]),
    SCRAPE_ROW(1000, 8, "packed-1000x1", &more[2]),
    SCRAPE_ROW(10000, 1, BENCH_ROW "scrape-1000", NULL)};

const struct bench_design bench_design = SCRAPE_ROW(1, 1024, "value-1", more);

/* SPDX-License-Identifier: MIT
 *
 * scenarios.c - what the tests of lab 05 run beside the submission
 */
#include "driver/scenario.h"
#include "support/expo.h"

#include <locale.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- locale ---- */

/* in: a number   out: 0 the text is the same in a locale with a comma, 1 it
 * is another */
SCENARIO(format_in_a_locale_with_comma)
{
    char with_point[MET_DOUBLE_BYTES] = "";
    char with_comma[MET_DOUBLE_BYTES] = "";

    met_format_double(in[0], with_point);
    if (!setlocale(LC_NUMERIC, "comma"))
        _exit(118);
    met_format_double(in[0], with_comma);
    setlocale(LC_NUMERIC, "C");
    out[0] = strcmp(with_point, with_comma) != 0;
}

/* ---- large counts ---- */

/* in: observations   out: the count that the page shows */
SCENARIO(count_on_a_page)
{
    char page[1024] = "";
    struct met_registry *r;
    struct met_family *f;
    struct met_child *c;
    size_t size;

    if (met_registry_create(&r) != 0 ||
        met_registry_histogram(r, "h", "Help.", NULL, 0, (const double[]){2}, 1,
                               &f) != 0 ||
        met_family_child(f, NULL, 0, &c) != 0)
        _exit(118);
    for (size_t i = 0; i < (size_t)in[0]; i++)
        met_histogram_observe(met_child_histogram(c), 1);
    met_child_release(c);
    met_expose(r, MET_TEXT, page, sizeof page - 1, &size);
    const char *line = strstr(page, "\nh_count ");
    out[0] = line ? strtod(line + 9, NULL) : -1;
    met_registry_destroy(r);
}

/* ---- pages beside updates ---- */

enum { PAGE = 1 << 16 };

struct load {
    struct met_registry *registry;
    struct met_histogram *histogram;
    struct met_family *family;
    size_t rounds;
    atomic_size_t done;
    atomic_size_t invalid, pages;
};

static void observe(struct load *l)
{
    for (size_t i = 0; i < l->rounds * 8; i++)
        met_histogram_observe(l->histogram, i % 2 ? 0.5 : 3);
}

static void come_and_go(struct load *l)
{
    char value[32];
    const char *const values[] = {value};

    for (size_t i = 0; i < l->rounds; i++) {
        struct met_child *c;
        snprintf(value, sizeof value, "%zu", i % 5);
        if (met_family_child(l->family, values, 1, &c) != 0)
            _exit(118);
        met_counter_inc(met_child_counter(c));
        met_child_release(c);
        if (i % 3 == 0)
            met_family_remove(l->family, values, 1);
    }
}

static int is_valid(struct load *l, enum met_format format, char *page)
{
    struct expo_problem why;
    size_t size;

    return met_expose(l->registry, format, page, PAGE, &size) == 0 &&
           size <= PAGE &&
           expo_check(page, size,
                      format == MET_TEXT ? EXPO_TEXT : EXPO_OPENMETRICS, NULL,
                      NULL, &why);
}

static void make_pages(struct load *l, char *page)
{
    do {
        for (int format = MET_TEXT; format <= MET_OPENMETRICS; format++)
            atomic_fetch_add(&l->invalid,
                             !is_valid(l, (enum met_format)format, page));
        atomic_fetch_add(&l->pages, 2);
    } while (atomic_load(&l->done) < 2);
}

static void make_some(struct load *l)
{
    static char page[PAGE];

    make_pages(l, page);
}

static void make_others(struct load *l)
{
    static char page[PAGE];

    make_pages(l, page);
}

static void work(size_t i, void *shared)
{
    static void (*const roles[])(struct load *) = {observe, come_and_go,
                                                   make_some, make_others};
    struct load *l = shared;

    roles[i](l);
    atomic_fetch_add(&l->done, 1);
}

/* in: rounds   out: pages that were not valid, pages */
SCENARIO(pages_beside_updates)
{
    static const char *const label[] = {"x"};
    struct load l = {.rounds = (size_t)in[0]};
    struct met_family *h;
    struct met_child *c;

    if (met_registry_create(&l.registry) != 0 ||
        met_registry_histogram(l.registry, "h", "Help.", NULL, 0,
                               (const double[]){1, 2}, 2, &h) != 0 ||
        met_registry_counter(l.registry, "c", "Help.", label, 1, &l.family) !=
            0 ||
        met_family_child(h, NULL, 0, &c) != 0)
        _exit(118);
    l.histogram = met_child_histogram(c);
    scenario_threads(4, work, &l);
    met_child_release(c);
    met_registry_destroy(l.registry);
    out[0] = (double)l.invalid;
    out[1] = (double)l.pages;
    out[2] = 0;
}

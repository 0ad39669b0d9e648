/* SPDX-License-Identifier: MIT
 *
 * explore.c - lab 05 under the schedule explorer: a page in every order
 */
#include "interleave.h"
#include "met/exposition.h"
#include <stddef.h>
#include <string.h>

static struct met_registry *registry;
static struct met_child *child;
static char pages[2][2048];

static void setup(void)
{
    static const double bound[] = {1};
    struct met_family *f;

    if (met_registry_create(&registry) < 0 ||
        met_registry_histogram(registry, "h", "Help.", NULL, 0, bound, 1, &f) <
            0 ||
        met_family_child(f, NULL, 0, &child) < 0)
        il_skip();
}

static void observe(void)
{
    met_histogram_observe(met_child_histogram(child), 0.5);
}

/* The number after a text, one digit. */
static long number_after(const char *page, const char *text)
{
    const char *p = strstr(page, text);

    il_expect(text, p != NULL);
    return p[strlen(text)] - '0';
}

static void make_page_in(char page[2048])
{
    size_t length = 0;

    il_expect_long("what met_expose returns",
                   met_expose(registry, MET_TEXT, page, 2047, &length), 0);
    page[length < 2047 ? length : 2047] = '\0';
    long count = number_after(page, "h_count ");
    il_expect_long("bucket 1", number_after(page, "le=\"1\"} "), count);
    il_expect_long("bucket +Inf", number_after(page, "le=\"+Inf\"} "), count);
    il_expect("the sum belongs to the count",
              strstr(page, count ? "h_sum 0.5\n" : "h_sum 0\n") != NULL);
}

static void make_page(void)
{
    make_page_in(pages[0]);
}

static void make_another_page(void)
{
    make_page_in(pages[1]);
}

static void register_one(void)
{
    struct met_family *f;

    il_expect_long("what met_registry_gauge returns",
                   met_registry_gauge(registry, "g", "Help.", NULL, 0, &f), 0);
}

static void destroy(void)
{
    met_child_release(child);
    met_registry_destroy(registry);
}

const struct il_scenario il_scenarios[] = {
    {.name = "page_beside_observe",
     .says = "A page that is made while threads update is well formed.",
     .setup = setup,
     .threads = {observe, make_page},
     .does = {"observe(0.5)", "met_expose()"},
     .check = destroy},
    {.name = "page_beside_register",
     .says = "A page that is made while threads register is well formed.",
     .setup = setup,
     .threads = {register_one, make_page},
     .does = {"registers the gauge g", "met_expose()"},
     .check = destroy},
    {.name = "page_beside_page",
     .says = "Threads: any, any time.",
     .setup = setup,
     .threads = {make_page, make_another_page},
     .check = destroy},
    {.name = NULL},
};

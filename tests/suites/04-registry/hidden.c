/* SPDX-License-Identifier: MIT
 *
 * hidden.c - the graded tests of lab 04 that a student does not see
 *
 * Their numbers cannot be foreseen, so answers cannot be written down.
 */
#include "collected.h"

#define SUITE hidden

enum { CHILDREN = 30 };

static struct met_registry *new_registry(void)
{
    struct met_registry *r = NULL;

    EXPECT_CODE(met_registry_create(&r), 0);
    EXPECT(r != NULL, "met_registry_create stores a registry in *out", "NULL");
    return r;
}

static void add_to(struct met_family *f, const char *value, double v)
{
    struct met_child *c = NULL;

    EXPECT_CODE(met_family_child(f, &value, 1, &c), 0);
    EXPECT_CODE(met_counter_add(met_child_counter(c), v), 0);
    met_child_release(c);
}

/* Values in an order that is not theirs, more of them than a small table has
 * places, each counted twice. */
GRADED(many_children, 3,
       "Stores the child with these n label values in *out. The children of "
       "each by their label values.",
       .hint = "What happens when your table is full?")
{
    struct met_registry *r = new_registry();
    struct met_family *f = NULL;
    struct page want = {.used = 0};
    long base = unforeseen(100, 900), amount = unforeseen(1, 1000);
    char value[32];

    EXPECT_CODE(met_registry_counter(r, "hits", "Help.",
                                     (const char *const[]){"x"}, 1, &f),
                0);
    for (int round = 0; round < 2; round++)
        for (long i = 0; i < CHILDREN; i++) {
            snprintf(value, sizeof value, "%ld", base + i * 7 % CHILDREN);
            add_to(f, value, (double)amount);
        }
    for (long i = 0; i < CHILDREN; i++)
        page_add(&want, "counter hits \"Help.\" {x=\"%ld\"} %g\n", base + i,
                 2.0 * (double)amount);
    EXPECT_STR(collected(r), want.text);
    for (long i = 0; i < CHILDREN; i += 2) {
        const char *const values[] = {value};
        snprintf(value, sizeof value, "%ld", base + i);
        EXPECT_CODE(met_family_remove(f, values, 1), 0);
    }
    want.used = 0;
    for (long i = 1; i < CHILDREN; i += 2)
        page_add(&want, "counter hits \"Help.\" {x=\"%ld\"} %g\n", base + i,
                 2.0 * (double)amount);
    EXPECT_STR(collected(r), want.text);
    met_registry_destroy(r);
}

GRADED(many_families, 2, "The families sorted by name.",
       .hint = "Is there a limit that the contract does not have?")
{
    struct met_registry *r = new_registry();
    struct page want = {.used = 0};
    long base = unforeseen(100, 900);
    char name[32];

    for (long i = 0; i < CHILDREN; i++) {
        struct met_family *f = NULL;
        snprintf(name, sizeof name, "m%ld", base + i * 11 % CHILDREN);
        EXPECT_CODE(met_registry_gauge(r, name, "Help.", NULL, 0, &f), 0);
    }
    for (long i = 0; i < CHILDREN; i++)
        page_add(&want, "gauge m%ld \"Help.\" 0\n", base + i);
    EXPECT_STR(collected(r), want.text);
    met_registry_destroy(r);
}

/* A list takes 156 times as long; a table that fits into no cache, 3 times. */
#define FLAT 10

GRADED(a_look_up_stays_flat, 3,
       "Stores the child with these n label values in *out.",
       .hint = "A list of children is searched from its start; a table is not.")
{
    double few = 64, many = 9984;
    double ratio = RUN(registry_look_up_ratio, few, many);

    EXPECT(ratio < FLAT,
           "a look-up among 9984 children takes about as long as "
           "among 64",
           "%.0f times as long", ratio);
}

GRADED(a_default_limit, 1, "enum { MET_CHILDREN = 10000 }, unless it is set",
       .hint = "met_family_set_limit is not called here.")
{
    double extra = (double)unforeseen(1, 50);

    expect_double("the number of children that could be made",
                  RUN(registry_children_until_limit, MET_CHILDREN + extra),
                  MET_CHILDREN);
}

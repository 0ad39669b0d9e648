/* SPDX-License-Identifier: MIT
 *
 * scenarios.c - what the tests of lab 04 run beside the submission
 */
#include "driver/scenario.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static struct met_registry *new_registry(void)
{
    struct met_registry *r;

    if (met_registry_create(&r) != 0)
        _exit(118);
    return r;
}

static struct met_family *new_family(struct met_registry *r, const char *name)
{
    static const char *const label[] = {"x"};
    struct met_family *f;

    if (met_registry_counter(r, name, "Help.", label, 1, &f) != 0)
        _exit(118);
    return f;
}

static struct met_child *child_of(struct met_family *f, const char *prefix,
                                  size_t i)
{
    char value[32];
    const char *const values[] = {value};
    struct met_child *c;

    snprintf(value, sizeof value, "%s%zu", prefix, i);
    return met_family_child(f, values, 1, &c) == 0 ? c : NULL;
}

static void count_child(struct met_family *f, const char *prefix, size_t i)
{
    struct met_child *c = child_of(f, prefix, i);

    if (!c)
        _exit(118);
    met_counter_inc(met_child_counter(c));
    met_child_release(c);
}

struct total {
    double points, value;
};

static int add_point(void *ctx, const struct met_point *p)
{
    struct total *t = ctx;

    t->points++;
    t->value += p->value;
    return 0;
}

/* ---- children and families ---- */

struct load {
    struct met_registry *registry;
    struct met_family *family;
    size_t count, rounds;
    struct met_family *_Atomic first[64];
    atomic_size_t others;
};

static void get_children(size_t i, void *shared)
{
    struct load *l = shared;

    for (size_t round = 0; round < l->rounds; round++)
        for (size_t k = 0; k < l->count; k++)
            count_child(l->family, "", (k + i) % l->count);
}

/* in: threads, children, rounds of each
 * out: children, sum of their values */
SCENARIO(registry_children_from_threads)
{
    struct load l = {.registry = new_registry(),
                     .count = (size_t)in[1],
                     .rounds = (size_t)in[2]};
    struct total t = {0, 0};

    l.family = new_family(l.registry, "hits");
    scenario_threads((size_t)in[0], get_children, &l);
    if (met_registry_collect(l.registry, add_point, &t) != 0)
        _exit(118);
    met_registry_destroy(l.registry);
    out[0] = t.points;
    out[1] = t.value;
}

static void register_all(size_t i, void *shared)
{
    struct load *l = shared;
    char name[32];

    for (size_t k = 0; k < l->count; k++) {
        size_t n = (k + i) % l->count;
        struct met_family *nobody = NULL;
        snprintf(name, sizeof name, "family%zu", n);
        struct met_family *f = new_family(l->registry, name);
        if (!atomic_compare_exchange_strong(&l->first[n], &nobody, f) &&
            nobody != f)
            atomic_fetch_add(&l->others, 1);
        count_child(f, "a", 0);
    }
}

/* in: threads, families
 * out: how often a thread got another family than the first one; families */
SCENARIO(registry_families_from_threads)
{
    struct load l = {.registry = new_registry(), .count = (size_t)in[1]};
    struct total t = {0, 0};

    scenario_threads((size_t)in[0], register_all, &l);
    if (met_registry_collect(l.registry, add_point, &t) != 0)
        _exit(118);
    met_registry_destroy(l.registry);
    out[0] = (double)l.others;
    out[1] = t.points;
}

/* ---- collect beside changes ---- */

/* Thread 0 creates and removes children "t...", thread 1 registers families
 * "later...", thread 2 collects. The children "s..." stay. */
enum { STAY = 8 };

struct changes {
    struct met_registry *registry;
    struct met_family *family;
    size_t rounds;
    atomic_size_t done;
    double missing, unsorted, failed;
};

static void come_and_go(struct changes *c)
{
    for (size_t k = 0; k < c->rounds; k++) {
        char value[32];
        const char *const values[] = {value};
        count_child(c->family, "t", k % 3);
        snprintf(value, sizeof value, "t%zu", k % 3);
        if (met_family_remove(c->family, values, 1) != 0)
            _exit(118);
    }
}

static void register_later(struct changes *c)
{
    char name[32];

    for (size_t k = 0; k < c->rounds / 4; k++) {
        snprintf(name, sizeof name, "later%zu", k % 32);
        count_child(new_family(c->registry, name), "a", k % 4);
    }
}

struct look {
    char last[64]; /* family and value */
    double stay, unsorted;
};

static int look_at(void *ctx, const struct met_point *p)
{
    struct look *l = ctx;
    char now[64];

    snprintf(now, sizeof now, "%s %s", p->name, p->label_values[0]);
    l->unsorted += strcmp(l->last, now) >= 0;
    l->stay += p->label_values[0][0] == 's';
    memcpy(l->last, now, sizeof now);
    return 0;
}

static void collect(struct changes *c)
{
    do {
        struct look l = {"", 0, 0};
        c->failed += met_registry_collect(c->registry, look_at, &l) != 0;
        c->missing += l.stay != STAY;
        c->unsorted += l.unsorted != 0;
    } while (atomic_load(&c->done) < 2);
}

static void change_or_collect(size_t i, void *shared)
{
    static void (*const roles[])(struct changes *) = {come_and_go,
                                                      register_later, collect};
    struct changes *c = shared;

    roles[i](c);
    atomic_fetch_add(&c->done, 1);
}

/* in: rounds
 * out: collects that missed a child that stays; that were not sorted or had a
 * child twice; that returned an error */
SCENARIO(registry_collect_beside_changes)
{
    struct changes c = {.registry = new_registry(), .rounds = (size_t)in[0]};

    count_child(new_family(c.registry, "zero"), "z", 0); /* not in order */
    c.family = new_family(c.registry, "hits");
    for (size_t i = 0; i < STAY; i++)
        count_child(c.family, "s", i);
    scenario_threads(3, change_or_collect, &c);
    met_registry_destroy(c.registry);
    out[0] = c.missing;
    out[1] = c.unsorted;
    out[2] = c.failed;
}

/* ---- many children ---- */

enum { LOOK_UPS = 512, BATCHES = 9 };

/* The time that this thread ran: others may have the processor meanwhile. */
static double ran_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static double time_look_ups(struct met_family *f, size_t children)
{
    double start = ran_ns();

    for (size_t i = 0; i < LOOK_UPS; i++)
        met_child_release(child_of(f, "", i * 97 % children));
    return ran_ns() - start;
}

/* in: few, many   out: the time of a look-up among many / among few. Of each
 * the least of some batches, in turn: others can only make a batch longer, and
 * no batch is shorter than its look-ups. */
SCENARIO(registry_look_up_ratio)
{
    struct met_registry *r = new_registry();
    struct met_family *f[2] = {new_family(r, "few"), new_family(r, "many")};
    double least[2] = {0, 0};

    for (int i = 0; i < 2; i++)
        for (size_t k = 0; k < (size_t)in[i]; k++)
            count_child(f[i], "", k);
    for (int batch = 0; batch < BATCHES; batch++)
        for (int i = 0; i < 2; i++) {
            double ns = time_look_ups(f[i], (size_t)in[i]);
            least[i] = batch == 0 || ns < least[i] ? ns : least[i];
        }
    met_registry_destroy(r);
    out[0] = least[1] / least[0];
}

/* in: how many children are asked for   out: how many there were */
SCENARIO(registry_children_until_limit)
{
    struct met_registry *r = new_registry();
    struct met_family *f = new_family(r, "hits");

    out[0] = 0;
    for (size_t i = 0; i < (size_t)in[0]; i++) {
        struct met_child *c = child_of(f, "", i);
        out[0] += c != NULL;
        met_child_release(c);
    }
    met_registry_destroy(r);
}

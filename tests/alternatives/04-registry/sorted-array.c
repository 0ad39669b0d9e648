/* SPDX-License-Identifier: MIT
 *
 * sorted-array.c - children in an array, sorted as they come, found by halving
 *
 * file: family.c
 */
#include "parts.h"

#include "met/error.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

struct met_child {
    atomic_size_t holds;
    enum met_type type;
    union {
        struct met_counter *counter;
        struct met_gauge *gauge;
        struct met_histogram *histogram;
    };
    const char **values;
};

struct met_family {
    struct family_spec spec; /* what it points to is the family's own */
    pthread_mutex_t lock;    /* guards all that follows */
    struct met_child **all;  /* in order */
    size_t children, room, limit;
};

/* ---- copies ---- */

/* An array of n strings in one block: the pointers, then the letters. */
static const char **copy_strings(const char *const *from, size_t n)
{
    size_t size = n * sizeof *from + 1;

    for (size_t i = 0; i < n; i++)
        size += strlen(from[i]) + 1;
    const char **to = malloc(size);
    char *letters = to ? (char *)(to + n) : NULL;
    for (size_t i = 0; i < n && to; i++) {
        size_t length = strlen(from[i]) + 1;
        to[i] = memcpy(letters, from[i], length);
        letters += length;
    }
    return to;
}

static double *copy_bounds(const double *from, size_t n)
{
    double *to = malloc((n + 1) * sizeof *to);

    for (size_t i = 0; i < n && to; i++)
        to[i] = from[i];
    return to;
}

/* ---- children ---- */

static int make_metric(struct met_child *c, const struct family_spec *s)
{
    c->type = s->type;
    switch (s->type) {
    case MET_COUNTER: return met_counter_create(&c->counter);
    case MET_GAUGE: return met_gauge_create(&c->gauge);
    default:
        return met_histogram_create(s->bounds, s->bound_count, NULL,
                                    &c->histogram);
    }
}

static void destroy_metric(struct met_child *c)
{
    switch (c->type) {
    case MET_COUNTER: met_counter_destroy(c->counter); break;
    case MET_GAUGE: met_gauge_destroy(c->gauge); break;
    default: met_histogram_destroy(c->histogram); break;
    }
}

/* The child is held once. */
static int make_child(const struct family_spec *s, const char *const *values,
                      struct met_child **out)
{
    struct met_child *c = malloc(sizeof *c);
    const char **copy = copy_strings(values, s->label_count);
    int err = c && copy ? make_metric(c, s) : MET_ENOMEM;

    if (err < 0) {
        free(c);
        free(copy);
        return err;
    }
    c->values = copy;
    atomic_init(&c->holds, 1);
    *out = c;
    return 0;
}

/* Relaxed, without a pair: who holds a child already may hold it again, and
 * the table's lock orders the rest. */
static void hold(struct met_child *c)
{
    atomic_fetch_add_explicit(&c->holds, 1, memory_order_relaxed);
}

void met_child_release(struct met_child *c)
{
    /* Release, and acquire for the last one: all that others did with the
     * child comes before its end. The two orders pair with each other. */
    if (!c || atomic_fetch_sub_explicit(&c->holds, 1, memory_order_acq_rel) > 1)
        return;
    destroy_metric(c);
    free(c->values);
    free(c);
}

const char *const *child_values(const struct met_child *c)
{
    return c->values;
}

struct met_counter *met_child_counter(struct met_child *c)
{
    return c->type == MET_COUNTER ? c->counter : NULL;
}

struct met_gauge *met_child_gauge(struct met_child *c)
{
    return c->type == MET_GAUGE ? c->gauge : NULL;
}

struct met_histogram *met_child_histogram(struct met_child *c)
{
    return c->type == MET_HISTOGRAM ? c->histogram : NULL;
}

/* ---- the array ---- */

static int compare(const char *const *a, const char *const *b, size_t n)
{
    int order = 0;

    for (size_t i = 0; i < n && order == 0; i++)
        order = strcmp(a[i], b[i]);
    return order;
}

/* Where the child is, or belongs; *found says which. */
static size_t place_of(const struct met_family *f, const char *const *values,
                       bool *found)
{
    size_t low = 0, high = f->children;

    *found = false;
    while (low < high && !*found) {
        size_t middle = low + (high - low) / 2;
        int order =
            compare(values, f->all[middle]->values, f->spec.label_count);
        *found = order == 0;
        if (order > 0)
            low = middle + 1;
        else
            high = middle;
    }
    return *found ? high : low;
}

static bool make_room(struct met_family *f)
{
    size_t room = f->room ? 2 * f->room : 8;

    if (f->children < f->room)
        return true;
    struct met_child **all = realloc(f->all, room * sizeof(struct met_child *));
    if (!all)
        return false;
    f->all = all;
    f->room = room;
    return true;
}

/* Under the lock: finds the child, or makes it. */
static int find_or_make(struct met_family *f, const char *const *values,
                        struct met_child **out)
{
    bool found;
    size_t i = place_of(f, values, &found);

    if (!found) {
        struct met_child *c;
        if (f->children >= f->limit)
            return MET_ELIMIT;
        if (!make_room(f))
            return MET_ENOMEM;
        int err = make_child(&f->spec, values, &c);
        if (err < 0)
            return err;
        memmove(&f->all[i + 1], &f->all[i],
                (f->children - i) * sizeof(struct met_child *));
        f->all[i] = c;
        f->children++;
    }
    hold(f->all[i]);
    *out = f->all[i];
    return 0;
}

int met_family_child(struct met_family *f, const char *const *values, size_t n,
                     struct met_child **out)
{
    if (n != f->spec.label_count)
        return MET_ECOUNT;
    for (size_t i = 0; i < n; i++)
        if (!text_is_utf8(values[i]))
            return MET_EUTF8;
    pthread_mutex_lock(&f->lock);
    int err = find_or_make(f, values, out);
    pthread_mutex_unlock(&f->lock);
    return err;
}

int met_family_remove(struct met_family *f, const char *const *values, size_t n)
{
    if (n != f->spec.label_count)
        return MET_ECOUNT;
    bool found;
    pthread_mutex_lock(&f->lock);
    size_t i = place_of(f, values, &found);
    struct met_child *c = found ? f->all[i] : NULL;
    if (found) {
        f->children--;
        memmove(&f->all[i], &f->all[i + 1],
                (f->children - i) * sizeof(struct met_child *));
    }
    pthread_mutex_unlock(&f->lock);
    met_child_release(c);
    return c ? 0 : MET_ENOENT;
}

void met_family_set_limit(struct met_family *f, size_t most)
{
    pthread_mutex_lock(&f->lock);
    f->limit = most;
    pthread_mutex_unlock(&f->lock);
}

int family_children(struct met_family *f, struct met_child ***out, size_t *n)
{
    pthread_mutex_lock(&f->lock);
    size_t count = f->children;
    struct met_child **all = malloc((count + 1) * sizeof(struct met_child *));
    for (size_t i = 0; i < count && all; i++) {
        all[i] = f->all[i];
        hold(all[i]);
    }
    pthread_mutex_unlock(&f->lock);
    if (!all)
        return MET_ENOMEM;
    *out = all;
    *n = count;
    return 0;
}

/* ---- families ---- */

/* Returns false when there is no memory; what was copied is released by
 * family_destroy(). */
static bool copy_spec(struct family_spec *to, const struct family_spec *from)
{
    *to = *from;
    to->name = strdup(from->name);
    to->help = strdup(from->help);
    to->labels = copy_strings(from->labels, from->label_count);
    to->bounds = copy_bounds(from->bounds, from->bound_count);
    return to->name && to->help && to->labels && to->bounds;
}

/* The bounds are looked at once, here: make_metric() cannot refuse them. */
static int check_bounds(const struct family_spec *s)
{
    struct met_histogram *h = NULL;
    int err = s->type == MET_HISTOGRAM
                  ? met_histogram_create(s->bounds, s->bound_count, NULL, &h)
                  : 0;

    met_histogram_destroy(h);
    return err;
}

static int make_only_child(struct met_family *f)
{
    struct met_child *c;
    int err = met_family_child(f, NULL, 0, &c);

    if (err == 0)
        met_child_release(c);
    return err;
}

int family_create(const struct family_spec *spec, struct met_family **out)
{
    int err = check_bounds(spec);
    struct met_family *f = err < 0 ? NULL : calloc(1, sizeof *f);

    if (!f)
        return err < 0 ? err : MET_ENOMEM;
    pthread_mutex_init(&f->lock, NULL);
    f->limit = MET_CHILDREN;
    if (!copy_spec(&f->spec, spec))
        err = MET_ENOMEM;
    else if (!spec->read && spec->label_count == 0)
        err = make_only_child(f);
    if (err < 0)
        family_destroy(f);
    else
        *out = f;
    return err;
}

void family_destroy(struct met_family *f)
{
    for (size_t i = 0; i < f->children; i++)
        met_child_release(f->all[i]);
    free(f->all);
    free((char *)f->spec.name);
    free((char *)f->spec.help);
    free((void *)f->spec.labels);
    free((double *)f->spec.bounds);
    pthread_mutex_destroy(&f->lock);
    free(f);
}

const struct family_spec *family_spec(const struct met_family *f)
{
    return &f->spec;
}

bool family_is(const struct met_family *f, const struct family_spec *spec)
{
    const struct family_spec *s = &f->spec;

    if (s->type != spec->type || s->read || spec->read ||
        strcmp(s->name, spec->name) != 0 || strcmp(s->help, spec->help) != 0 ||
        s->label_count != spec->label_count ||
        s->bound_count != spec->bound_count)
        return false;
    for (size_t i = 0; i < s->label_count; i++)
        if (strcmp(s->labels[i], spec->labels[i]) != 0)
            return false;
    for (size_t i = 0; i < s->bound_count; i++)
        if (s->bounds[i] != spec->bounds[i])
            return false;
    return true;
}

/* SPDX-License-Identifier: MIT
 *
 * family.c - the children of one family, found by their label values
 *
/// SOLUTION
 * A hash table with chains, under one lock a family. A child counts who holds
 * it: the table does, and each caller of met_family_child() until it releases.
 * Who gives the last hold back destroys the child. So a child that is removed
 * lives as long as somebody uses it, and a collect can look at children without
 * the lock.
 *
 * The lock is held for a look-up, and while a child is made: of threads that
 * ask for the same new child at once, one makes it and the others find it.
 *
 * Children come and go seldom, and are collected often: so their order is kept
 * until one comes or goes.
/// STARTER
///  * The handout, README.md, leads through the steps.
/// END
 */
#include "parts.h"

#include "met/error.h"

/// SOLUTION
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
/// STARTER
/// #include <stdlib.h>
/// END

/// SOLUTION
struct met_child {
    struct met_child *next; /* in its chain */
    uint64_t hash;
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
    struct met_child **chains;
    size_t chain_count; /* a power of 2 */
    size_t children, limit;
    size_t changes;            /* how often a child came or went */
    struct met_child **sorted; /* all children in order; NULL: not known */
};

enum { FIRST_CHAINS = 8 };

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
                      uint64_t hash, struct met_child **out)
{
    struct met_child *c = malloc(sizeof *c);
    const char **copy = copy_strings(values, s->label_count);
    int err = c && copy ? make_metric(c, s) : MET_ENOMEM;

    if (err < 0) {
        free(c);
        free(copy);
        return err;
    }
    c->hash = hash;
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

/// END
void met_child_release(struct met_child *c)
{
    /// SOLUTION
    /* Release, and acquire for the last one: all that others did with the
     * child comes before its end. The two orders pair with each other. */
    if (!c || atomic_fetch_sub_explicit(&c->holds, 1, memory_order_acq_rel) > 1)
        return;
    destroy_metric(c);
    free(c->values);
    free(c);
    /// STARTER
    /// (void)c; /* Step 3 */
    /// END
}

const char *const *child_values(const struct met_child *c)
{
    /// SOLUTION
    return c->values;
    /// STARTER
    /// (void)c;
    /// return NULL; /* Step 3 */
    /// END
}

struct met_counter *met_child_counter(struct met_child *c)
{
    /// SOLUTION
    return c->type == MET_COUNTER ? c->counter : NULL;
    /// STARTER
    /// (void)c;
    /// return NULL; /* Step 3 */
    /// END
}

struct met_gauge *met_child_gauge(struct met_child *c)
{
    /// SOLUTION
    return c->type == MET_GAUGE ? c->gauge : NULL;
    /// STARTER
    /// (void)c;
    /// return NULL; /* Step 3 */
    /// END
}

struct met_histogram *met_child_histogram(struct met_child *c)
{
    /// SOLUTION
    return c->type == MET_HISTOGRAM ? c->histogram : NULL;
    /// STARTER
    /// (void)c;
    /// return NULL; /* Step 3 */
    /// END
}

/// SOLUTION
/* ---- the table ---- */

/* FNV-1a, 64 bits (Fowler, Noll, Vo); the '\0' of each value counts, so that
 * "a","bc" and "ab","c" differ. The last line mixes the high bits into the low
 * ones, which choose the chain. */
static uint64_t hash_of(const char *const *values, size_t n)
{
    uint64_t h = 14695981039346656037U;

    for (size_t i = 0; i < n; i++)
        for (const char *p = values[i];; p++) {
            h = (h ^ (unsigned char)*p) * 1099511628211U;
            if (*p == '\0')
                break;
        }
    return h ^ (h >> 32);
}

static bool has_values(const struct met_child *c, const char *const *values,
                       size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(c->values[i], values[i]) != 0)
            return false;
    return true;
}

/* The place that points to the child, or where it would be put. */
static struct met_child **place_of(struct met_family *f, uint64_t hash,
                                   const char *const *values)
{
    struct met_child **p = &f->chains[hash & (f->chain_count - 1)];

    while (*p &&
           ((*p)->hash != hash || !has_values(*p, values, f->spec.label_count)))
        p = &(*p)->next;
    return p;
}

/* Twice as many chains when there are as many children. Without memory the
 * chains stay, and get longer: that is slower, not wrong. */
static void grow(struct met_family *f)
{
    size_t n = f->chain_count * 2;
    struct met_child **chains = f->children < f->chain_count
                                    ? NULL
                                    : calloc(n, sizeof(struct met_child *));

    if (!chains)
        return;
    for (size_t i = 0; i < f->chain_count; i++)
        for (struct met_child *c = f->chains[i], *next; c; c = next) {
            next = c->next;
            c->next = chains[c->hash & (n - 1)];
            chains[c->hash & (n - 1)] = c;
        }
    free(f->chains);
    f->chains = chains;
    f->chain_count = n;
}

/* Under the lock, when a child comes or goes. */
static void forget_order(struct met_family *f)
{
    f->changes++;
    free(f->sorted);
    f->sorted = NULL;
}

/* Under the lock: finds the child, or makes it. */
static int find_or_make(struct met_family *f, const char *const *values,
                        uint64_t hash, struct met_child **out)
{
    struct met_child *c = *place_of(f, hash, values);

    if (!c) {
        if (f->children >= f->limit)
            return MET_ELIMIT;
        int err = make_child(&f->spec, values, hash, &c);
        if (err < 0)
            return err;
        grow(f);
        struct met_child **chain = &f->chains[hash & (f->chain_count - 1)];
        c->next = *chain;
        *chain = c;
        f->children++;
        forget_order(f);
    }
    hold(c);
    *out = c;
    return 0;
}

/// END
int met_family_child(struct met_family *f, const char *const *values, size_t n,
                     struct met_child **out)
{
    /// SOLUTION
    if (n != f->spec.label_count)
        return MET_ECOUNT;
    for (size_t i = 0; i < n; i++)
        if (!text_is_utf8(values[i]))
            return MET_EUTF8;
    uint64_t hash = hash_of(values, n);
    pthread_mutex_lock(&f->lock);
    int err = find_or_make(f, values, hash, out);
    pthread_mutex_unlock(&f->lock);
    return err;
    /// STARTER
    /// (void)f;
    /// (void)values;
    /// (void)n;
    /// (void)out;
    /// return MET_ENOMEM; /* Step 3 */
    /// END
}

int met_family_remove(struct met_family *f, const char *const *values, size_t n)
{
    /// SOLUTION
    if (n != f->spec.label_count)
        return MET_ECOUNT;
    uint64_t hash = hash_of(values, n);
    pthread_mutex_lock(&f->lock);
    struct met_child **p = place_of(f, hash, values), *c = *p;
    if (c) {
        *p = c->next;
        f->children--;
        forget_order(f);
    }
    pthread_mutex_unlock(&f->lock);
    met_child_release(c);
    return c ? 0 : MET_ENOENT;
    /// STARTER
    /// (void)f;
    /// (void)values;
    /// (void)n;
    /// return MET_ENOENT; /* Step 5 */
    /// END
}

void met_family_set_limit(struct met_family *f, size_t most)
{
    /// SOLUTION
    pthread_mutex_lock(&f->lock);
    f->limit = most;
    pthread_mutex_unlock(&f->lock);
    /// STARTER
    /// (void)f;
    /// (void)most; /* Step 3 */
    /// END
}

/// SOLUTION
static int by_values(const void *a, const void *b)
{
    const char *const *x = (*(struct met_child *const *)a)->values;
    const char *const *y = (*(struct met_child *const *)b)->values;

    /* Children differ in some value, so this ends. */
    while (strcmp(*x, *y) == 0) {
        x++;
        y++;
    }
    return strcmp(*x, *y);
}

/* Under the lock: all children, in order if it is known. */
static void list_children(const struct met_family *f, struct met_child **all)
{
    size_t n = 0;

    if (f->sorted)
        memcpy(all, f->sorted, f->children * sizeof(struct met_child *));
    else
        for (size_t i = 0; i < f->chain_count; i++)
            for (struct met_child *c = f->chains[i]; c; c = c->next)
                all[n++] = c;
}

/* Unless a child came or went since the list was made, or there is no memory:
 * then it is sorted again the next time. */
static void remember_order(struct met_family *f, struct met_child **all,
                           size_t n, size_t changes)
{
    struct met_child **copy = malloc((n + 1) * sizeof(struct met_child *));

    if (!copy)
        return;
    memcpy(copy, all, n * sizeof(struct met_child *));
    pthread_mutex_lock(&f->lock);
    if (f->changes == changes && !f->sorted) {
        f->sorted = copy;
        copy = NULL;
    }
    pthread_mutex_unlock(&f->lock);
    free(copy);
}

/// END
int family_children(struct met_family *f, struct met_child ***out, size_t *n)
{
    /// SOLUTION
    pthread_mutex_lock(&f->lock);
    size_t count = f->children, changes = f->changes;
    bool known = f->sorted;
    struct met_child **all = malloc((count + 1) * sizeof(struct met_child *));
    if (all)
        list_children(f, all);
    for (size_t i = 0; i < count && all; i++)
        hold(all[i]);
    pthread_mutex_unlock(&f->lock);
    if (!all)
        return MET_ENOMEM;
    if (!known && count > 1) { /* without the lock: it takes its time */
        qsort(all, count, sizeof(struct met_child *), by_values);
        remember_order(f, all, count, changes);
    }
    *out = all;
    *n = count;
    return 0;
    /// STARTER
    /// (void)f;
    /// *n = 0;
    /// *out = malloc(1);
    /// return *out ? 0 : MET_ENOMEM; /* Step 4 */
    /// END
}

/* ---- families ---- */

/// SOLUTION
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

/// END
int family_create(const struct family_spec *spec, struct met_family **out)
{
    /// SOLUTION
    int err = check_bounds(spec);
    struct met_family *f = err < 0 ? NULL : calloc(1, sizeof *f);

    if (!f)
        return err < 0 ? err : MET_ENOMEM;
    pthread_mutex_init(&f->lock, NULL);
    f->limit = MET_CHILDREN;
    f->chain_count = FIRST_CHAINS;
    f->chains = calloc(FIRST_CHAINS, sizeof(struct met_child *));
    if (!copy_spec(&f->spec, spec) || !f->chains)
        err = MET_ENOMEM;
    else if (!spec->read && spec->label_count == 0)
        err = make_only_child(f);
    if (err < 0)
        family_destroy(f);
    else
        *out = f;
    return err;
    /// STARTER
    /// (void)spec;
    /// (void)out;
    /// return MET_ENOMEM; /* Step 2 */
    /// END
}

void family_destroy(struct met_family *f)
{
    /// SOLUTION
    for (size_t i = 0; i < f->chain_count && f->chains; i++)
        for (struct met_child *c = f->chains[i], *next; c; c = next) {
            next = c->next;
            met_child_release(c);
        }
    free(f->chains);
    free(f->sorted);
    free((char *)f->spec.name);
    free((char *)f->spec.help);
    free((void *)f->spec.labels);
    free((double *)f->spec.bounds);
    pthread_mutex_destroy(&f->lock);
    free(f);
    /// STARTER
    /// (void)f; /* Step 2 */
    /// END
}

const struct family_spec *family_spec(const struct met_family *f)
{
    /// SOLUTION
    return &f->spec;
    /// STARTER
    /// (void)f;
    /// return NULL; /* Step 2 */
    /// END
}

bool family_is(const struct met_family *f, const struct family_spec *spec)
{
    /// SOLUTION
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
    /// STARTER
    /// (void)f;
    /// (void)spec;
    /// return false; /* Step 2 */
    /// END
}

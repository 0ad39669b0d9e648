/* SPDX-License-Identifier: MIT
 *
 * family.c - the children of one family, found by their label values
 *
/// SOLUTION
 * A hash table with chains. A child counts who holds it: the table does, and
 * each caller of met_family_child() until it releases. Who gives the last hold
 * back destroys the child. So a child that is removed lives as long as somebody
 * uses it, and a collect can look at children without a lock.
 *
 * Threads that look children up should not wait for each other, nor for a cache
 * line that all of them write. So there are some flags, each in a line of its
 * own, and a thread always takes the same one (a "big-reader lock"). Who
 * changes the table takes a mutex, and then all the flags. A look-up whose flag
 * is taken takes the mutex. (In a pthread_rwlock_t readers count themselves, all
 * in one line.)
 *
 * A look-up that finds nothing begins again as a change: of threads that ask
 * for the same new child at once, one makes it and the others find it.
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
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
/// STARTER
/// #include <stdlib.h>
/// END

/// SOLUTION
struct met_child {
    struct met_child *next; /* in its chain */
    uint32_t hash;
    enum met_type type;
    atomic_size_t holds;
    union {
        struct met_counter *counter;
        struct met_gauge *gauge;
        struct met_histogram *histogram;
    };
    const char *values[]; /* as put_strings() has them */
};

enum { FIRST_CHAINS = 8, FLAGS = 4, LINE = 64 };

struct met_family {
    struct family_spec spec;   /* what it points to is the family's own */
    pthread_mutex_t lock;      /* guards all that follows */
    struct met_child **chains; /* these two are also read under a flag */
    size_t chain_count;        /* a power of 2 */
    size_t children, limit;
    size_t changes;            /* how often a child came or went */
    struct met_child **sorted; /* all children in order; NULL: not known */
    struct {
        _Alignas(LINE) atomic_bool taken;
    } flags[FLAGS];
};

/* ---- the lock of the table: a flag or the mutex to read, all to write ---- */

/* Taking a flag (acquire) pairs with giving it back (release): who has it sees
 * the table as the one before left it. */
static bool take(atomic_bool *flag)
{
    return !atomic_exchange_explicit(flag, true, memory_order_acquire);
}

static void give_back(atomic_bool *flag)
{
    atomic_store_explicit(flag, false, memory_order_release);
}

/* Threads get the flags in turn: only from the fifth on do two have the same.
 * Relaxed, without a pair: the number says nothing of anything else. */
static atomic_bool *my_flag(struct met_family *f)
{
    static atomic_size_t threads;
    static _Thread_local size_t mine; /* 0: none yet */

    if (mine == 0)
        mine = atomic_fetch_add_explicit(&threads, 1, memory_order_relaxed) %
                   FLAGS +
               1;
    return &f->flags[mine - 1].taken;
}

/* Returns what read_unlock() needs: the flag, or NULL for the mutex. */
static atomic_bool *read_lock(struct met_family *f)
{
    atomic_bool *flag = my_flag(f);

    if (take(flag))
        return flag;
    pthread_mutex_lock(&f->lock);
    return NULL;
}

static void read_unlock(struct met_family *f, atomic_bool *flag)
{
    if (flag)
        give_back(flag);
    else
        pthread_mutex_unlock(&f->lock);
}

/* With the mutex, nobody else waits for flags. This does not sleep: a look-up
 * is over in nanoseconds, or when its thread has a processor again. */
static void write_lock(struct met_family *f)
{
    pthread_mutex_lock(&f->lock);
    for (int i = 0; i < FLAGS; i++)
        while (!take(&f->flags[i].taken))
            sched_yield();
}

static void write_unlock(struct met_family *f)
{
    for (int i = 0; i < FLAGS; i++)
        give_back(&f->flags[i].taken);
    pthread_mutex_unlock(&f->lock);
}

/* ---- copies ---- */

/* What put_strings() needs for n strings. */
static size_t strings_size(const char *const *from, size_t n)
{
    size_t size = (n + 1) * sizeof *from;

    for (size_t i = 0; i < n; i++)
        size += strlen(from[i]) + 1;
    return size;
}

/* Copies n strings: first the pointers to them, and one to their end; then the
 * letters. So a string is as long as the next pointer says. */
static void put_strings(const char **to, const char *const *from, size_t n)
{
    char *letters = (char *)(to + n + 1);

    for (size_t i = 0; i < n; i++) {
        size_t size = strlen(from[i]) + 1;
        to[i] = memcpy(letters, from[i], size);
        letters += size;
    }
    to[n] = letters;
}

static const char **copy_strings(const char *const *from, size_t n)
{
    const char **to = malloc(strings_size(from, n));

    if (to)
        put_strings(to, from, n);
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
                      uint32_t hash, struct met_child **out)
{
    struct met_child *c =
        malloc(sizeof *c + strings_size(values, s->label_count));
    int err = c ? make_metric(c, s) : MET_ENOMEM;

    if (err < 0) {
        free(c);
        return err;
    }
    c->hash = hash;
    put_strings(c->values, values, s->label_count);
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

/* MurmurHash64A (Austin Appleby, public domain): eight bytes at a time; what is
 * left is the last word. It spreads values, but hides nothing: who wants to can
 * find values with one hash, and then a chain gets as long as the family's
 * limit lets it. */
static uint64_t murmur(const char *p, size_t n, uint64_t seed)
{
    const uint64_t m = 0xC6A4A7935BD1E995U;
    uint64_t h = seed ^ (n * m), word;

    for (; n >= sizeof word; p += sizeof word, n -= sizeof word) {
        memcpy(&word, p, sizeof word);
        word *= m;
        h = (h ^ (word ^ (word >> 47)) * m) * m;
    }
    if (n > 0) {
        for (word = 0; n > 0; n--)
            word = word << 8 | (unsigned char)p[n - 1];
        h = (h ^ word) * m;
    }
    h = (h ^ (h >> 47)) * m;
    return h ^ (h >> 47);
}

/* The hash of a value is the seed of the next: so "a","bc" and "ab","c" differ.
 */
static uint32_t hash_of(const char *const *values, size_t n)
{
    uint64_t h = 0;

    for (size_t i = 0; i < n; i++)
        h = murmur(values[i], strlen(values[i]), h);
    return (uint32_t)h;
}

/* Eight bytes at a time, too: values are short, and memcmp() is a call. */
static bool are_equal(const char *a, const char *b, size_t n)
{
    for (; n >= 8; a += 8, b += 8, n -= 8)
        if (memcmp(a, b, 8) != 0)
            return false;
    for (; n > 0; n--)
        if (a[n - 1] != b[n - 1])
            return false;
    return true;
}

static bool has_values(const struct met_child *c, const char *const *values,
                       size_t n)
{
    for (size_t i = 0; i < n; i++) {
        size_t size = strlen(values[i]) + 1;
        if (c->values[i] + size != c->values[i + 1] ||
            !are_equal(c->values[i], values[i], size))
            return false;
    }
    return true;
}

/* The place that points to the child, or where it would be put. */
static struct met_child **place_of(struct met_family *f, uint32_t hash,
                                   const char *const *values)
{
    struct met_child **p = &f->chains[hash & (f->chain_count - 1)];

    while (*p &&
           ((*p)->hash != hash || !has_values(*p, values, f->spec.label_count)))
        p = &(*p)->next;
    return p;
}

/* Under a flag, or the lock. */
static struct met_child *find(struct met_family *f, const char *const *values,
                              uint32_t hash)
{
    struct met_child *c = *place_of(f, hash, values);

    if (c)
        hold(c);
    return c;
}

/* Twice as many chains when there are half as many children: few are met on the
 * way to another one. Without memory the chains stay, and get longer: that is
 * slower, not wrong. */
static void grow(struct met_family *f)
{
    size_t n = f->chain_count * 2;
    struct met_child **chains = f->children < f->chain_count / 2
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
                        uint32_t hash, struct met_child **out)
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
    uint32_t hash = hash_of(values, n);
    atomic_bool *flag = read_lock(f);
    struct met_child *c = find(f, values, hash);
    read_unlock(f, flag);
    if (c) {
        *out = c;
        return 0;
    }
    /* All that is found is UTF-8: the values of each new child are checked. */
    for (size_t i = 0; i < n; i++)
        if (!text_is_utf8(values[i]))
            return MET_EUTF8;
    write_lock(f);
    int err = find_or_make(f, values, hash, out);
    write_unlock(f);
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
    uint32_t hash = hash_of(values, n);
    write_lock(f);
    struct met_child **p = place_of(f, hash, values), *c = *p;
    if (c) {
        *p = c->next;
        f->children--;
        forget_order(f);
    }
    write_unlock(f);
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
    struct met_family *f = err < 0 ? NULL : aligned_alloc(LINE, sizeof *f);

    if (!f)
        return err < 0 ? err : MET_ENOMEM;
    memset(f, 0, sizeof *f);
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

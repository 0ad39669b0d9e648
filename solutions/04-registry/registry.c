/* SPDX-License-Identifier: MIT
 *
 * registry.c - all families, by name; and a look at all of their children
 *
/// SOLUTION
 * The families are a list, sorted by name, under one lock. A family stays until
 * its registry is destroyed, so a collect only copies the list under the lock,
 * and looks at the families after it. Visitors and callbacks run without any
 * lock: they may take their time, and may call the registry.
/// STARTER
///  * The handout, README.md, leads through the steps.
/// END
 */
#include "parts.h"

#include "met/error.h"

/// SOLUTION
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
/// STARTER
/// #include <stddef.h>
/// END

struct met_registry {
    /// SOLUTION
    pthread_mutex_t lock; /* guards all that follows */
    struct met_family **families;
    size_t count, room;
    /// STARTER
    /// int nothing; /* Step 2: what does it keep, and what guards it? */
    /// END
};

/* ---- registries ---- */

int met_registry_create(struct met_registry **out)
{
    /// SOLUTION
    struct met_registry *r = calloc(1, sizeof *r);

    if (!r)
        return MET_ENOMEM;
    pthread_mutex_init(&r->lock, NULL);
    *out = r;
    return 0;
    /// STARTER
    /// (void)out;
    /// return MET_ENOMEM; /* Step 2 */
    /// END
}

void met_registry_destroy(struct met_registry *r)
{
    /// SOLUTION
    if (!r)
        return;
    for (size_t i = 0; i < r->count; i++)
        family_destroy(r->families[i]);
    pthread_mutex_destroy(&r->lock);
    free(r->families);
    free(r);
    /// STARTER
    /// (void)r; /* Step 2 */
    /// END
}

struct met_registry *met_registry_default(void)
{
    /// SOLUTION
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static struct met_registry *only;

    pthread_mutex_lock(&lock);
    if (!only && met_registry_create(&only) < 0)
        only = NULL;
    struct met_registry *r = only;
    pthread_mutex_unlock(&lock);
    return r;
    /// STARTER
    /// return NULL; /* Step 2 */
    /// END
}

/* ---- registering ---- */

/// SOLUTION
static int check_spec(const struct family_spec *s)
{
    if (!name_is_metric(s->name))
        return MET_ENAME;
    if (s->help[0] == '\0')
        return MET_EINVAL;
    if (!text_is_utf8(s->help))
        return MET_EUTF8;
    return names_check_labels(s->type, s->labels, s->label_count);
}

/* Where the name is, or belongs. */
static size_t place_of(const struct met_registry *r, const char *name)
{
    size_t i = 0;

    while (i < r->count && strcmp(family_spec(r->families[i])->name, name) < 0)
        i++;
    return i;
}

static bool collides(const struct met_registry *r, const struct family_spec *s)
{
    for (size_t i = 0; i < r->count; i++) {
        const struct family_spec *other = family_spec(r->families[i]);
        if (names_collide(s->type, s->name, other->type, other->name))
            return true;
    }
    return false;
}

static int make_room(struct met_registry *r)
{
    size_t room = r->room ? 2 * r->room : 16;

    if (r->count < r->room)
        return 0;
    struct met_family **families =
        realloc(r->families, room * sizeof(struct met_family *));
    if (!families)
        return MET_ENOMEM;
    r->families = families;
    r->room = room;
    return 0;
}

/* Under the lock. */
static int find_or_add(struct met_registry *r, const struct family_spec *s,
                       struct met_family **out)
{
    size_t i = place_of(r, s->name);

    if (i < r->count &&
        strcmp(family_spec(r->families[i])->name, s->name) == 0) {
        if (!family_is(r->families[i], s))
            return MET_EEXIST;
        *out = r->families[i];
        return 0;
    }
    if (collides(r, s))
        return MET_ECOLLIDE;
    int err = make_room(r);
    if (err == 0)
        err = family_create(s, out);
    if (err < 0)
        return err;
    memmove(&r->families[i + 1], &r->families[i],
            (r->count - i) * sizeof(struct met_family *));
    r->families[i] = *out;
    r->count++;
    return 0;
}

static int add(struct met_registry *r, const struct family_spec *s,
               struct met_family **out)
{
    int err = check_spec(s);

    if (err < 0)
        return err;
    pthread_mutex_lock(&r->lock);
    err = find_or_add(r, s, out);
    pthread_mutex_unlock(&r->lock);
    return err;
}

/// END
int met_registry_counter(struct met_registry *r, const char *name,
                         const char *help, const char *const *labels, size_t n,
                         struct met_family **out)
{
    /// SOLUTION
    struct family_spec s = {.type = MET_COUNTER,
                            .name = name,
                            .help = help,
                            .labels = labels,
                            .label_count = n};

    return add(r, &s, out);
    /// STARTER
    /// (void)r;
    /// (void)name;
    /// (void)help;
    /// (void)labels;
    /// (void)n;
    /// (void)out;
    /// return MET_ENOMEM; /* Step 2 */
    /// END
}

int met_registry_gauge(struct met_registry *r, const char *name,
                       const char *help, const char *const *labels, size_t n,
                       struct met_family **out)
{
    /// SOLUTION
    struct family_spec s = {.type = MET_GAUGE,
                            .name = name,
                            .help = help,
                            .labels = labels,
                            .label_count = n};

    return add(r, &s, out);
    /// STARTER
    /// (void)r;
    /// (void)name;
    /// (void)help;
    /// (void)labels;
    /// (void)n;
    /// (void)out;
    /// return MET_ENOMEM; /* Step 2 */
    /// END
}

int met_registry_histogram(struct met_registry *r, const char *name,
                           const char *help, const char *const *labels,
                           size_t n, const double *bounds, size_t n_bounds,
                           struct met_family **out)
{
    /// SOLUTION
    struct family_spec s = {.type = MET_HISTOGRAM,
                            .name = name,
                            .help = help,
                            .labels = labels,
                            .label_count = n,
                            .bounds = bounds,
                            .bound_count = n_bounds};

    return add(r, &s, out);
    /// STARTER
    /// (void)r;
    /// (void)name;
    /// (void)help;
    /// (void)labels;
    /// (void)n;
    /// (void)bounds;
    /// (void)n_bounds;
    /// (void)out;
    /// return MET_ENOMEM; /* Step 2 */
    /// END
}

int met_registry_callback(struct met_registry *r, enum met_type type,
                          const char *name, const char *help, met_read_fn *read,
                          void *ctx)
{
    /// SOLUTION
    struct met_family *f;
    struct family_spec s = {
        .type = type, .name = name, .help = help, .read = read, .ctx = ctx};

    if (type != MET_COUNTER && type != MET_GAUGE)
        return MET_EINVAL;
    return add(r, &s, &f);
    /// STARTER
    /// (void)r;
    /// (void)type;
    /// (void)name;
    /// (void)help;
    /// (void)read;
    /// (void)ctx;
    /// return MET_ENOMEM; /* Step 7 */
    /// END
}

/* ---- collect ---- */

/// SOLUTION
/* One family and its children, held for the time of a collect. */
struct row {
    struct met_family *family;
    struct met_child **children;
    size_t count;
};

/* A collect's own copy of the list, and room for one snapshot. */
struct list {
    struct row *rows;
    size_t count;
    uint64_t *cumulative;
};

static void release_list(struct list *l)
{
    for (size_t i = 0; i < l->count && l->rows; i++) {
        for (size_t k = 0; k < l->rows[i].count; k++)
            met_child_release(l->rows[i].children[k]);
        free(l->rows[i].children);
    }
    free(l->rows);
    free(l->cumulative);
}

static bool copy_families(struct met_registry *r, struct list *l)
{
    pthread_mutex_lock(&r->lock);
    l->count = r->count;
    l->rows = calloc(r->count + 1, sizeof *l->rows);
    for (size_t i = 0; i < l->count && l->rows; i++)
        l->rows[i].family = r->families[i];
    pthread_mutex_unlock(&r->lock);
    return l->rows != NULL;
}

static int make_list(struct met_registry *r, struct list *l)
{
    size_t most = 0;

    if (!copy_families(r, l))
        return MET_ENOMEM;
    for (size_t i = 0; i < l->count; i++) {
        struct row *row = &l->rows[i];
        int err = family_children(row->family, &row->children, &row->count);
        if (err < 0)
            return err;
        size_t bounds = family_spec(row->family)->bound_count;
        most = bounds > most ? bounds : most;
    }
    l->cumulative = calloc(most + 1, sizeof *l->cumulative);
    return l->cumulative ? 0 : MET_ENOMEM;
}

static void read_child(struct met_point *p, struct met_child *c,
                       uint64_t *cumulative)
{
    switch (p->type) {
    case MET_COUNTER: p->value = met_counter_value(met_child_counter(c)); break;
    case MET_GAUGE: p->value = met_gauge_value(met_child_gauge(c)); break;
    default:
        met_histogram_snapshot(met_child_histogram(c), cumulative,
                               p->bounds + 1, &p->count, &p->sum);
        p->cumulative = cumulative;
    }
}

static int show_row(const struct row *row, uint64_t *cumulative,
                    met_visit_fn *visit, void *ctx)
{
    const struct family_spec *s = family_spec(row->family);
    struct met_point p = {.type = s->type,
                          .name = s->name,
                          .help = s->help,
                          .labels = s->label_count,
                          .label_names = s->labels,
                          .bounds = s->bound_count,
                          .bound = s->bounds};

    if (s->read) {
        p.value = s->read(s->ctx);
        return visit(ctx, &p);
    }
    for (size_t i = 0; i < row->count; i++) {
        p.label_values = child_values(row->children[i]);
        read_child(&p, row->children[i], cumulative);
        int stop = visit(ctx, &p);
        if (stop)
            return stop;
    }
    return 0;
}

/// END
int met_registry_collect(struct met_registry *r, met_visit_fn *visit, void *ctx)
{
    /// SOLUTION
    struct list l = {0};
    int err = make_list(r, &l);

    for (size_t i = 0; i < l.count && err == 0; i++)
        err = show_row(&l.rows[i], l.cumulative, visit, ctx);
    release_list(&l);
    return err;
    /// STARTER
    /// (void)r;
    /// (void)visit;
    /// (void)ctx;
    /// return 0; /* Step 4 */
    /// END
}

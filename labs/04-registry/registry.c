/* SPDX-License-Identifier: MIT
 *
 * registry.c - all families, by name; and a look at all of their children
 *
 * The handout, README.md, leads through the steps.
 */
#include "parts.h"

#include "met/error.h"

#include <stddef.h>

struct met_registry {
    int nothing; /* Step 2: what does it keep, and what guards it? */
};

/* ---- registries ---- */

int met_registry_create(struct met_registry **out)
{
    (void)out;
    return MET_ENOMEM; /* Step 2 */
}

void met_registry_destroy(struct met_registry *r)
{
    (void)r; /* Step 2 */
}

struct met_registry *met_registry_default(void)
{
    return NULL; /* Step 2 */
}

/* ---- registering ---- */

int met_registry_counter(struct met_registry *r, const char *name,
                         const char *help, const char *const *labels, size_t n,
                         struct met_family **out)
{
    (void)r;
    (void)name;
    (void)help;
    (void)labels;
    (void)n;
    (void)out;
    return MET_ENOMEM; /* Step 2 */
}

int met_registry_gauge(struct met_registry *r, const char *name,
                       const char *help, const char *const *labels, size_t n,
                       struct met_family **out)
{
    (void)r;
    (void)name;
    (void)help;
    (void)labels;
    (void)n;
    (void)out;
    return MET_ENOMEM; /* Step 2 */
}

int met_registry_histogram(struct met_registry *r, const char *name,
                           const char *help, const char *const *labels,
                           size_t n, const double *bounds, size_t n_bounds,
                           struct met_family **out)
{
    (void)r;
    (void)name;
    (void)help;
    (void)labels;
    (void)n;
    (void)bounds;
    (void)n_bounds;
    (void)out;
    return MET_ENOMEM; /* Step 2 */
}

int met_registry_callback(struct met_registry *r, enum met_type type,
                          const char *name, const char *help, met_read_fn *read,
                          void *ctx)
{
    (void)r;
    (void)type;
    (void)name;
    (void)help;
    (void)read;
    (void)ctx;
    return MET_ENOMEM; /* Step 7 */
}

/* ---- collect ---- */

int met_registry_collect(struct met_registry *r, met_visit_fn *visit, void *ctx)
{
    (void)r;
    (void)visit;
    (void)ctx;
    return 0; /* Step 4 */
}

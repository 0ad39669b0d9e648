/* SPDX-License-Identifier: MIT
 *
 * family.c - the children of one family, found by their label values
 *
 * The handout, README.md, leads through the steps.
 */
#include "parts.h"

#include "met/error.h"

#include <stdlib.h>

void met_child_release(struct met_child *c)
{
    (void)c; /* Step 3 */
}

const char *const *child_values(const struct met_child *c)
{
    (void)c;
    return NULL; /* Step 3 */
}

struct met_counter *met_child_counter(struct met_child *c)
{
    (void)c;
    return NULL; /* Step 3 */
}

struct met_gauge *met_child_gauge(struct met_child *c)
{
    (void)c;
    return NULL; /* Step 3 */
}

struct met_histogram *met_child_histogram(struct met_child *c)
{
    (void)c;
    return NULL; /* Step 3 */
}

int met_family_child(struct met_family *f, const char *const *values, size_t n,
                     struct met_child **out)
{
    (void)f;
    (void)values;
    (void)n;
    (void)out;
    return MET_ENOMEM; /* Step 3 */
}

int met_family_remove(struct met_family *f, const char *const *values, size_t n)
{
    (void)f;
    (void)values;
    (void)n;
    return MET_ENOENT; /* Step 5 */
}

void met_family_set_limit(struct met_family *f, size_t most)
{
    (void)f;
    (void)most; /* Step 3 */
}

int family_children(struct met_family *f, struct met_child ***out, size_t *n)
{
    (void)f;
    *n = 0;
    *out = malloc(1);
    return *out ? 0 : MET_ENOMEM; /* Step 4 */
}

/* ---- families ---- */

int family_create(const struct family_spec *spec, struct met_family **out)
{
    (void)spec;
    (void)out;
    return MET_ENOMEM; /* Step 2 */
}

void family_destroy(struct met_family *f)
{
    (void)f; /* Step 2 */
}

const struct family_spec *family_spec(const struct met_family *f)
{
    (void)f;
    return NULL; /* Step 2 */
}

bool family_is(const struct met_family *f, const struct family_spec *spec)
{
    (void)f;
    (void)spec;
    return false; /* Step 2 */
}

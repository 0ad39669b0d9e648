/* SPDX-License-Identifier: MIT
 *
 * parts.h - what the files of this lab share, and nobody else sees
 *
 * names.c says which names are right; family.c keeps the children of one
 * family; registry.c keeps the families, and collects. You may change this file,
 * too.
 */
#ifndef PARTS_H
#define PARTS_H

#include "met/registry.h"

#include <stdbool.h>

/* clangd 14 sees both of the pragmas only if a declaration comes before. */
struct family_spec;

/* Hidden: the files of the library see these names, its users do not. */
#pragma GCC visibility push(hidden)

/* ---- names.c ---- */

/* [a-zA-Z_:][a-zA-Z0-9_:]* */
bool name_is_metric(const char *name);

/* Returns 0, or why these may not be the label names of a family: MET_ELABEL,
 * MET_ERESERVED, MET_EBUCKET or MET_EDUPLICATE. */
int names_check_labels(enum met_type type, const char *const *labels, size_t n);

/* Well-formed as RFC 3629 says: no overlong forms, no surrogates, nothing
 * above U+10FFFF. */
bool text_is_utf8(const char *text);

/* Whether a sample of the one family would have a name of the other: see
 * MET_ECOLLIDE in registry.h. */
bool names_collide(enum met_type a_type, const char *a, enum met_type b_type,
                   const char *b);

/* ---- family.c ---- */

/* What makes a family. Two families with the same spec are one. */
struct family_spec {
    enum met_type type;
    const char *name, *help;
    const char *const *labels;
    size_t label_count;
    const double *bounds;
    size_t bound_count;
    met_read_fn *read; /* or NULL: it has children */
    void *ctx;
};

/* Makes a family, which copies all of the spec. Without labels it has its
 * child at once. Returns 0, MET_EINVAL for its bounds, or MET_ENOMEM. */
int family_create(const struct family_spec *spec, struct met_family **out);
void family_destroy(struct met_family *f);

const struct family_spec *family_spec(const struct met_family *f);
bool family_is(const struct met_family *f, const struct family_spec *spec);

/* Stores all children of now, sorted by their values, and holds each of them.
 * The caller releases the children and the array. Returns 0 or MET_ENOMEM. */
int family_children(struct met_family *f, struct met_child ***out, size_t *n);

/* The label values of a child. */
const char *const *child_values(const struct met_child *c);

#pragma GCC visibility pop

#endif

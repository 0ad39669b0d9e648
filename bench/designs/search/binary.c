/* SPDX-License-Identifier: MIT
 *
 * binary.c - halving, without a branch
 *
 * The steps are as many for any value, so there is nothing to guess wrong; but
 * each step has to wait for the one before.
 */
#include "search/search.h"

static void prepare(struct state *s)
{
    (void)s;
}

static inline size_t find(const struct state *s, double v)
{
    return values_find(&s->values, v);
}

#include "search/walk.h"

SEARCH_ROWS("binary", 0, "halving, branch-free");

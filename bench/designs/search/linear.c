/* SPDX-License-Identifier: MIT
 *
 * linear.c - from the first bound upwards, until one is not below the value
 */
#include "search/search.h"

static void prepare(struct state *s)
{
    (void)s;
}

static inline size_t find(const struct state *s, double v)
{
    return values_bucket(&s->values, v);
}

#include "search/walk.h"

SEARCH_ROWS("linear", 1, "one bound after the other");

/* SPDX-License-Identifier: MIT
 *
 * bits.c - an index by the leading bits of the double
 *
 * The bits of a positive double, read as a whole number, are in the order of
 * the values: exponent and the first 4 bits of the fraction cut every doubling
 * into 16 steps. A table has the first bucket that is possible for each step;
 * from there it is a step or two to the right one.
 */
#include <string.h>

#include "search/search.h"

static inline int64_t leading_bits(double v)
{
    int64_t bits;

    memcpy(&bits, &v, sizeof bits);
    return bits >> (52 - STEPS_BITS);
}

/* 0 for all below the first bound, the last step for all above the last. */
static inline size_t step_of(double v)
{
    int64_t step = leading_bits(v) - leading_bits(0x1p-10) + 1;

    step = step < 0 ? 0 : step;
    return (size_t)(step < STEPS ? step : STEPS - 1);
}

/* The bucket of the smallest value of each step. */
static void prepare(struct state *s)
{
    for (size_t step = 1; step < STEPS; step++) {
        int64_t bits = (leading_bits(0x1p-10) + (int64_t)step - 1)
                       << (52 - STEPS_BITS);
        double least;

        memcpy(&least, &bits, sizeof least);
        s->candidate[step] = values_bucket(&s->values, least);
    }
}

static inline size_t find(const struct state *s, double v)
{
    size_t i = s->candidate[step_of(v)];

    while (v > s->values.bound[i])
        i++;
    return i;
}

#include "search/walk.h"

SEARCH_ROWS("bits", 1, "index by the leading bits");

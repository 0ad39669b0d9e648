/* SPDX-License-Identifier: MIT
 *
 * resolved.h - what fifteen measured ratios show about a bar
 *
 * Of 15 ratios in order the median of all that could be measured lies between
 * the 4th and the 12th with 96 %. Only when the whole interval is on one side
 * of the bar is there a verdict: the noise of the ratios themselves is then no
 * way to win or to lose.
 */
#ifndef SCALING_RESOLVED_H
#define SCALING_RESOLVED_H

#include <stddef.h>
#include <stdlib.h>

enum { RATIOS = 15, LOWER = 3, UPPER = 11 };

struct interval {
    double low, high;
};

/* above: the whole interval is above the bar. */
enum resolved { BELOW_BAR, ABOVE_BAR, NOT_RESOLVED };

static inline int ratio_order(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* Sorts them. Of fewer than RATIOS there is no interval, and no verdict. */
static inline struct interval interval_of(double ratio[RATIOS], size_t n)
{
    qsort(ratio, n, sizeof *ratio, ratio_order);
    return (struct interval){ratio[LOWER], ratio[UPPER]};
}

static inline enum resolved resolve(struct interval i, double bar)
{
    if (i.low > bar)
        return ABOVE_BAR;
    return i.high > bar ? NOT_RESOLVED : BELOW_BAR;
}

#endif

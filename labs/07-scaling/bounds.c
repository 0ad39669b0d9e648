/* SPDX-License-Identifier: MIT
 *
 * bounds.c - what of a histogram knows no threads: bounds, quantiles, timers
 *
 * The handout, README.md, leads through the steps.
 */
#include "met/error.h"
#include "met/histogram.h"

#include <math.h>

/* ---- bounds ---- */

void met_bounds_default(double *out)
{
    (void)out; /* Step 1 */
}

int met_bounds_linear(double start, double width, size_t n, double *out)
{
    (void)start;
    (void)width;
    (void)n;
    (void)out;
    return 0; /* Step 1 */
}

int met_bounds_exponential(double start, double factor, size_t n, double *out)
{
    (void)start;
    (void)factor;
    (void)n;
    (void)out;
    return 0; /* Step 1 */
}

/* ---- quantiles ---- */

double met_quantile(double q, const double *bounds, const uint64_t *cumulative,
                    size_t n)
{
    (void)q;
    (void)bounds;
    (void)cumulative;
    (void)n;
    return NAN; /* Step 1 */
}

/* ---- timers ---- */

void met_timer_start(struct met_timer *t)
{
    (void)t; /* Step 1 */
}

double met_timer_seconds(const struct met_timer *t)
{
    (void)t;
    return 0; /* Step 1 */
}

double met_timer_observe(const struct met_timer *t, struct met_histogram *h)
{
    (void)t;
    (void)h;
    return 0; /* Step 1 */
}

/* SPDX-License-Identifier: MIT
 *
 * histogram.c - how values are spread
 *
 * The handout, README.md, leads through the steps.
 */
#include "met/histogram.h"

#include "met/error.h"

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

/* ---- histograms ---- */

struct met_histogram {
    double sum; /* Step 2: what else? what may change, what never does? */
};

int met_histogram_create(const double *bounds, size_t n, size_t *wrong,
                         struct met_histogram **out)
{
    (void)bounds;
    (void)n;
    (void)wrong;
    (void)out;
    return MET_ENOMEM; /* Step 2 */
}

void met_histogram_destroy(struct met_histogram *h)
{
    (void)h; /* Step 2 */
}

void met_histogram_observe(struct met_histogram *h, double v)
{
    (void)h;
    (void)v; /* Step 3 */
}

size_t met_histogram_bounds(const struct met_histogram *h, double *bounds,
                            size_t n)
{
    (void)h;
    (void)bounds;
    (void)n;
    return 0; /* Step 2 */
}

int met_histogram_snapshot(struct met_histogram *h, uint64_t *cumulative,
                           size_t n, uint64_t *count, double *sum)
{
    (void)h;
    (void)cumulative;
    (void)n;
    (void)count;
    (void)sum;
    return MET_EINVAL; /* Step 4 */
}

/* ---- quantiles ---- */

double met_quantile(double q, const double *bounds, const uint64_t *cumulative,
                    size_t n)
{
    (void)q;
    (void)bounds;
    (void)cumulative;
    (void)n;
    return NAN; /* Step 5 */
}

/* ---- timers ---- */

void met_timer_start(struct met_timer *t)
{
    (void)t; /* Step 6 */
}

double met_timer_seconds(const struct met_timer *t)
{
    (void)t;
    return 0; /* Step 6 */
}

double met_timer_observe(const struct met_timer *t, struct met_histogram *h)
{
    (void)t;
    (void)h;
    return 0; /* Step 6 */
}

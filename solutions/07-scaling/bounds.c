/* SPDX-License-Identifier: MIT
 *
 * bounds.c - what of a histogram knows no threads: bounds, quantiles, timers
 *
/// SOLUTION
 * As in lab 03: sharding changes nothing here.
/// STARTER
///  * The handout, README.md, leads through the steps.
/// END
 */
#include "met/error.h"
#include "met/histogram.h"

#include <math.h>
/// SOLUTION
#include <string.h>
#include <time.h>
/// END

/* ---- bounds ---- */

void met_bounds_default(double *out)
{
    /// SOLUTION
    static const double bounds[MET_DEFAULT_BOUNDS] = {
        0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};

    memcpy(out, bounds, sizeof bounds);
    /// STARTER
    /// (void)out; /* Step 1 */
    /// END
}

/// SOLUTION
/* Bound i of a linear (factor 0) or of an exponential row. */
static double bound(double start, double width, double factor, size_t i)
{
    return factor > 0 ? start * pow(factor, (double)i)
                      : start + width * (double)i;
}

/* Looks at all bounds before it stores the first. */
static int make_bounds(double start, double width, double factor, size_t n,
                       double *out)
{
    for (size_t i = 0; i < n; i++) {
        double b = bound(start, width, factor, i);
        if (!isfinite(b) ||
            (i > 0 && !(b > bound(start, width, factor, i - 1))))
            return MET_EINVAL;
    }
    for (size_t i = 0; i < n; i++)
        out[i] = bound(start, width, factor, i);
    return 0;
}

/// END
int met_bounds_linear(double start, double width, size_t n, double *out)
{
    /// SOLUTION
    if (n == 0 || !(width > 0))
        return MET_EINVAL;
    return make_bounds(start, width, 0, n, out);
    /// STARTER
    /// (void)start;
    /// (void)width;
    /// (void)n;
    /// (void)out;
    /// return 0; /* Step 1 */
    /// END
}

int met_bounds_exponential(double start, double factor, size_t n, double *out)
{
    /// SOLUTION
    if (n == 0 || !(start > 0) || !(factor > 1))
        return MET_EINVAL;
    return make_bounds(start, 0, factor, n, out);
    /// STARTER
    /// (void)start;
    /// (void)factor;
    /// (void)n;
    /// (void)out;
    /// return 0; /* Step 1 */
    /// END
}

/* ---- quantiles ---- */

double met_quantile(double q, const double *bounds, const uint64_t *cumulative,
                    size_t n)
{
    /// SOLUTION
    if (isnan(q))
        return NAN;
    if (q < 0 || q > 1)
        return q < 0 ? -INFINITY : INFINITY;
    if (n == 0 || cumulative[n] == 0)
        return NAN;
    double rank = q * (double)cumulative[n], start = 0, below = 0;
    size_t b = 0;
    while (b < n && (double)cumulative[b] < rank)
        b++;
    if (b == n)
        return bounds[n - 1];
    if (b == 0 && bounds[0] <= 0)
        return bounds[0];
    if (b > 0) {
        start = bounds[b - 1];
        below = (double)cumulative[b - 1];
    }
    /* 0/0 for q = 0 and an empty first bucket: NaN, as in PromQL */
    double part = (rank - below) / ((double)cumulative[b] - below);
    return start + (bounds[b] - start) * part;
    /// STARTER
    /// (void)q;
    /// (void)bounds;
    /// (void)cumulative;
    /// (void)n;
    /// return NAN; /* Step 1 */
    /// END
}

/* ---- timers ---- */

/// SOLUTION
static int64_t now_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/// END
void met_timer_start(struct met_timer *t)
{
    /// SOLUTION
    t->start_ns = now_ns();
    /// STARTER
    /// (void)t; /* Step 1 */
    /// END
}

double met_timer_seconds(const struct met_timer *t)
{
    /// SOLUTION
    return (double)(now_ns() - t->start_ns) / 1e9;
    /// STARTER
    /// (void)t;
    /// return 0; /* Step 1 */
    /// END
}

double met_timer_observe(const struct met_timer *t, struct met_histogram *h)
{
    /// SOLUTION
    double seconds = met_timer_seconds(t);

    met_histogram_observe(h, seconds);
    return seconds;
    /// STARTER
    /// (void)t;
    /// (void)h;
    /// return 0; /* Step 1 */
    /// END
}

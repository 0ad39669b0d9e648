/* SPDX-License-Identifier: MIT
 *
 * returns-what-it-copied.c - bounds() returns how many it copied
 *
 * file: histogram.c
 * loses: bounds_are_copied at_most_n_bounds
 * sentence: "Returns how many bounds the histogram has"
 */
#include "met/histogram.h"

#include "met/error.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* ---- bounds ---- */

void met_bounds_default(double *out)
{
    static const double bounds[MET_DEFAULT_BOUNDS] = {
        0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};

    memcpy(out, bounds, sizeof bounds);
}

/* The index of the first bound that is not finite or not above the one before,
 * or n when all are right. */
static size_t first_wrong(const double *bounds, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!isfinite(bounds[i]) || (i > 0 && !(bounds[i] > bounds[i - 1])))
            return i;
    return n;
}

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

int met_bounds_linear(double start, double width, size_t n, double *out)
{
    if (n == 0 || !(width > 0))
        return MET_EINVAL;
    return make_bounds(start, width, 0, n, out);
}

int met_bounds_exponential(double start, double factor, size_t n, double *out)
{
    if (n == 0 || !(start > 0) || !(factor > 1))
        return MET_EINVAL;
    return make_bounds(start, 0, factor, n, out);
}

/* ---- histograms ---- */

struct met_histogram {
    pthread_mutex_t lock; /* guards sum and counts */
    double sum;
    uint64_t *counts; /* n + 1, each bucket by itself */
    size_t n;
    double bounds[];
};

int met_histogram_create(const double *bounds, size_t n, size_t *wrong,
                         struct met_histogram **out)
{
    size_t bad = first_wrong(bounds, n);

    if (bad < n) {
        if (wrong)
            *wrong = bad;
        return MET_EINVAL;
    }
    struct met_histogram *h = malloc(sizeof *h + n * sizeof *bounds);
    uint64_t *counts = calloc(n + 1, sizeof *counts);
    if (!h || !counts) {
        free(h);
        free(counts);
        return MET_ENOMEM;
    }
    pthread_mutex_init(&h->lock, NULL);
    h->sum = 0;
    h->counts = counts;
    h->n = n;
    for (size_t i = 0; i < n; i++)
        h->bounds[i] = bounds[i];
    *out = h;
    return 0;
}

void met_histogram_destroy(struct met_histogram *h)
{
    if (!h)
        return;
    pthread_mutex_destroy(&h->lock);
    free(h->counts);
    free(h);
}

/* The first bucket whose bound is not below v: n, which is +Inf, when there is
 * none. NaN is not below or above anything, and ends there, too. */
static size_t bucket_of(const struct met_histogram *h, double v)
{
    size_t low = 0, high = h->n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (v <= h->bounds[middle])
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

void met_histogram_observe(struct met_histogram *h, double v)
{
    size_t i = bucket_of(h, v);

    pthread_mutex_lock(&h->lock);
    h->counts[i]++;
    h->sum += v;
    pthread_mutex_unlock(&h->lock);
}

size_t met_histogram_bounds(const struct met_histogram *h, double *bounds,
                            size_t n)
{
    for (size_t i = 0; i < n && i < h->n; i++)
        bounds[i] = h->bounds[i];
    return n < h->n ? n : h->n;
}

int met_histogram_snapshot(struct met_histogram *h, uint64_t *cumulative,
                           size_t n, uint64_t *count, double *sum)
{
    if (n != h->n + 1)
        return MET_EINVAL;
    pthread_mutex_lock(&h->lock);
    memcpy(cumulative, h->counts, n * sizeof *cumulative);
    *sum = h->sum;
    pthread_mutex_unlock(&h->lock);
    for (size_t i = 1; i < n; i++)
        cumulative[i] += cumulative[i - 1];
    *count = cumulative[n - 1];
    return 0;
}

/* ---- quantiles ---- */

double met_quantile(double q, const double *bounds, const uint64_t *cumulative,
                    size_t n)
{
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
}

/* ---- timers ---- */

static int64_t now_ns(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

void met_timer_start(struct met_timer *t)
{
    t->start_ns = now_ns();
}

double met_timer_seconds(const struct met_timer *t)
{
    return (double)(now_ns() - t->start_ns) / 1e9;
}

double met_timer_observe(const struct met_timer *t, struct met_histogram *h)
{
    double seconds = met_timer_seconds(t);

    met_histogram_observe(h, seconds);
    return seconds;
}

/* SPDX-License-Identifier: MIT
 *
 * hot-cold-does-not-wait.c - hot/cold, but the snapshot does not wait for those who have begun
 *
 * file: histogram.c
 * loses: a_snapshot_is_of_one_set two_readers_beside_observers
 *     no_data_race no_wrong_schedule
 * sentence: "All three belong to one set of observations"
 */
#include "met/histogram.h"

#include "met/error.h"

#include <math.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define TURN (UINT64_C(1) << 63)

struct side {
    _Atomic uint64_t ended;
    _Atomic double sum;
    _Atomic uint64_t *counts;
};

struct met_histogram {
    _Atomic uint64_t started;
    struct side sides[2];
    pthread_mutex_t reading; /* one snapshot at a time */
    size_t n;
    double bounds[];
};

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

size_t met_histogram_bounds(const struct met_histogram *h, double *bounds,
                            size_t n)
{
    for (size_t i = 0; i < n && i < h->n; i++)
        bounds[i] = h->bounds[i];
    return h->n;
}

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
    _Atomic uint64_t *counts = calloc(2 * (n + 1), sizeof *counts);
    if (!h || !counts) {
        free(h);
        free(counts);
        return MET_ENOMEM;
    }
    atomic_init(&h->started, 0);
    for (int i = 0; i < 2; i++) {
        atomic_init(&h->sides[i].ended, 0);
        atomic_init(&h->sides[i].sum, 0.0);
        h->sides[i].counts = counts + (size_t)i * (n + 1);
    }
    pthread_mutex_init(&h->reading, NULL);
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
    pthread_mutex_destroy(&h->reading);
    free(h->sides[0].counts);
    free(h);
}

static void add(_Atomic double *sum, double v)
{
    double seen = atomic_load_explicit(sum, memory_order_relaxed);

    while (!atomic_compare_exchange_weak_explicit(
        sum, &seen, seen + v, memory_order_relaxed, memory_order_relaxed))
        ;
}

void met_histogram_observe(struct met_histogram *h, double v)
{
    size_t i = bucket_of(h, v);
    uint64_t n =
        atomic_fetch_add_explicit(&h->started, 1, memory_order_acq_rel);
    struct side *s = &h->sides[n >> 63];

    atomic_fetch_add_explicit(&s->counts[i], 1, memory_order_relaxed);
    add(&s->sum, v);
    atomic_fetch_add_explicit(&s->ended, 1, memory_order_release);
}

/* Reads the cold side, adds it to the hot one, and leaves it clean. Relaxed:
 * the wait has ordered these reads after the writes of all observers, and the
 * next turn orders the cleaning before whoever begins there. */
static uint64_t take(_Atomic uint64_t *cold, _Atomic uint64_t *hot)
{
    uint64_t k = atomic_load_explicit(cold, memory_order_relaxed);

    atomic_store_explicit(cold, 0, memory_order_relaxed);
    atomic_fetch_add_explicit(hot, k, memory_order_relaxed);
    return k;
}

static void move(struct side *cold, struct side *hot, size_t n,
                 uint64_t *cumulative, double *sum)
{
    *sum = atomic_load_explicit(&cold->sum, memory_order_relaxed);
    atomic_store_explicit(&cold->sum, 0.0, memory_order_relaxed);
    add(&hot->sum, *sum);
    for (size_t i = 0; i < n; i++)
        cumulative[i] = take(&cold->counts[i], &hot->counts[i]) +
                        (i > 0 ? cumulative[i - 1] : 0);
    take(&cold->ended, &hot->ended);
}

int met_histogram_snapshot(struct met_histogram *h, uint64_t *cumulative,
                           size_t n, uint64_t *count, double *sum)
{
    if (n != h->n + 1)
        return MET_EINVAL;
    pthread_mutex_lock(&h->reading);
    uint64_t began =
        atomic_fetch_add_explicit(&h->started, TURN, memory_order_acq_rel);
    struct side *cold = &h->sides[began >> 63];
    struct side *hot = &h->sides[!(began >> 63)];
    atomic_load_explicit(&cold->ended, memory_order_acquire);
    move(cold, hot, n, cumulative, sum);
    pthread_mutex_unlock(&h->reading);
    *count = cumulative[n - 1];
    return 0;
}

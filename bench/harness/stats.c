/* SPDX-License-Identifier: MIT
 *
 * stats.c - see stats.h
 */
#include "stats.h"

#include <math.h>
#include <stdlib.h>

static int upwards(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

void bench_sort(double *x, size_t n)
{
    qsort(x, n, sizeof *x, upwards);
}

double bench_median(const double *sorted, size_t n)
{
    if (n == 0)
        return NAN;
    return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
}

/* The chance of exactly k heads among n coins. In logarithms: 2^-n is too
 * small for a double from n = 1075 on. */
static double coin(size_t n, size_t k)
{
    double ways = lgamma((double)n + 1) - lgamma((double)k + 1) -
                  lgamma((double)(n - k) + 1);

    return exp(ways - (double)n * log(2));
}

size_t bench_interval_rank(size_t n, double alpha)
{
    size_t k = 0;
    double below = 0; /* P(B < k + 1) */

    while (k < n / 2) {
        below += coin(n, k);
        if (2 * below > alpha)
            break;
        k++;
    }
    return k;
}

struct bench_interval bench_median_interval(const double *sorted, size_t n,
                                            double alpha)
{
    size_t k = bench_interval_rank(n, alpha);

    if (k == 0)
        return (struct bench_interval){NAN, NAN};
    return (struct bench_interval){sorted[k - 1], sorted[n - k]};
}

/* Linear between the two neighbours: type 7 of Hyndman and Fan, "Sample
 * quantiles in statistical packages", The American Statistician 50 (1996). */
static double quantile(const double *sorted, size_t n, double q)
{
    double at = q * (double)(n - 1);
    size_t i = (size_t)at;

    if (i + 1 >= n)
        return sorted[n - 1];
    return sorted[i] + (at - (double)i) * (sorted[i + 1] - sorted[i]);
}

struct bench_interval bench_tukey_fences(const double *sorted, size_t n)
{
    double low, high;

    if (n == 0)
        return (struct bench_interval){NAN, NAN};
    low = quantile(sorted, n, 0.25);
    high = quantile(sorted, n, 0.75);
    return (struct bench_interval){low - 1.5 * (high - low),
                                   high + 1.5 * (high - low)};
}

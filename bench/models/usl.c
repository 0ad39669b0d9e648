/* SPDX-License-Identifier: MIT
 *
 * usl.c - see usl.h
 *
 * The time of an update, n / rate(n), is
 *
 *     a + b (n - 1) + c n (n - 1)
 *
 * with a = 1 / lambda, b = a sigma, c = a kappa: a linear fit, with no starting
 * value. Relative errors count, so each row is divided by what was measured.
 */
#include "usl.h"

#include <math.h>

enum { TERMS = 3 };

static double term(int i, int n)
{
    return i == 0 ? 1 : i == 1 ? n - 1 : (double)n * (n - 1);
}

size_t usl_counts(const struct usl_point *p, size_t n)
{
    size_t counts = 0;

    for (size_t i = 0; i < n; i++) {
        bool seen = false;

        for (size_t k = 0; k < i; k++)
            seen = seen || p[k].threads == p[i].threads;
        counts += !seen;
    }
    return counts;
}

/* Gauss and Jordan, with the largest pivot. */
static void solve(double m[TERMS][TERMS + 1], double x[TERMS])
{
    for (int i = 0; i < TERMS; i++) {
        int pivot = i;

        for (int r = i + 1; r < TERMS; r++)
            if (fabs(m[r][i]) > fabs(m[pivot][i]))
                pivot = r;
        for (int c = 0; c <= TERMS; c++) {
            double old = m[i][c];

            m[i][c] = m[pivot][c];
            m[pivot][c] = old;
        }
        for (int r = 0; r < TERMS; r++) {
            double f = r == i ? 0 : m[r][i] / m[i][i];

            for (int c = 0; c <= TERMS; c++)
                m[r][c] -= f * m[i][c];
        }
    }
    for (int i = 0; i < TERMS; i++)
        x[i] = m[i][TERMS] / m[i][i];
}

/* With only the terms that are used; the others are 0. */
static void least_squares(const struct usl_point *p, size_t n,
                          const bool used[TERMS], double x[TERMS])
{
    double m[TERMS][TERMS + 1] = {{0}};

    for (size_t k = 0; k < n; k++)
        for (int i = 0; i < TERMS; i++) {
            double ti = used[i] ? term(i, p[k].threads) / p[k].ns : 0;

            for (int j = 0; j < TERMS; j++)
                if (used[j])
                    m[i][j] += ti * term(j, p[k].threads) / p[k].ns;
            m[i][TERMS] += ti;
        }
    for (int i = 0; i < TERMS; i++)
        if (!used[i])
            m[i][i] = 1;
    solve(m, x);
}

bool usl_fit(const struct usl_point *p, size_t n, struct usl_fit *fit)
{
    bool used[TERMS] = {true, true, true};
    double x[TERMS];
    int most = 0;

    if (usl_counts(p, n) < USL_LEAST)
        return false;
    least_squares(p, n, used, x);
    /* No machine has less than nothing to wait for: such a term is left out. */
    for (int i = TERMS - 1; i > 0; i--)
        if (x[i] < 0) {
            used[i] = false;
            least_squares(p, n, used, x);
            i = TERMS; /* the other one may be negative now */
        }
    *fit = (struct usl_fit){x[0], x[1] / x[0], x[2] / x[0], 0, 0};
    for (size_t k = 0; k < n; k++)
        most = p[k].threads > most ? p[k].threads : most;
    fit->limit = USL_BEYOND * most;
    for (size_t k = 0; k < n; k++)
        fit->worst =
            fmax(fit->worst, fabs(usl_ns(fit, p[k].threads) / p[k].ns - 1));
    return true;
}

double usl_ns(const struct usl_fit *fit, int threads)
{
    if (threads < 1 || threads > fit->limit)
        return NAN;
    return fit->one *
           (1 + fit->sigma * term(1, threads) + fit->kappa * term(2, threads));
}

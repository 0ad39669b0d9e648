/* SPDX-License-Identifier: MIT
 *
 * usl_test.c - the scalability law on made points, and where it is refused
 */
#include "usl.h"

#include <criterion/criterion.h>
#include <criterion/new/assert.h>
#include <math.h>

#include "published.h"

enum { MOST = 8 };

static size_t made(struct usl_point *p, size_t n, double one, double sigma,
                   double kappa)
{
    static const int threads[MOST] = {1, 2, 4, 6, 8, 12, 16, 24};

    for (size_t i = 0; i < n; i++) {
        int t = threads[i];

        p[i] = (struct usl_point){
            t, one * (1 + sigma * (t - 1) + kappa * t * (t - 1))};
    }
    return n;
}

Test(usl, finds_what_points_were_made_with)
{
    static const double truth[][2] = {
        {0.1, 0.002}, {0.9, 0.05}, {0, 0.01}, {0.3, 0}, {0, 0}};
    struct usl_point p[MOST];
    struct usl_fit fit;

    for (size_t i = 0; i < sizeof truth / sizeof truth[0]; i++) {
        size_t n = made(p, 6, 5, truth[i][0], truth[i][1]);

        cr_assert(usl_fit(p, n, &fit));
        cr_expect(epsilon_eq(dbl, fit.one, 5, 1e-6));
        cr_expect(epsilon_eq(dbl, fit.sigma, truth[i][0], 1e-6));
        cr_expect(epsilon_eq(dbl, fit.kappa, truth[i][1], 1e-6));
        cr_expect(lt(dbl, fit.worst, 1e-6));
    }
}

Test(usl, is_near_with_noise)
{
    struct usl_point p[MOST];
    struct usl_fit fit;
    size_t n = made(p, MOST, 5, 0.2, 0.01);

    for (size_t i = 0; i < n; i++)
        p[i].ns *= i % 2 ? 1.02 : 0.98;
    cr_assert(usl_fit(p, n, &fit));
    cr_expect(epsilon_eq(dbl, fit.sigma, 0.2, 0.06));
    cr_expect(epsilon_eq(dbl, fit.kappa, 0.01, 0.004));
    cr_expect(lt(dbl, fit.worst, 0.05));
}

/* Twice as fast with more threads than they are: less than nothing to wait for. */
Test(usl, no_term_is_negative)
{
    struct usl_point p[MOST];
    struct usl_fit fit;
    size_t n = made(p, MOST, 5, 0, 0);

    for (size_t i = 0; i < n; i++)
        p[i].ns /= 1 + 0.02 * p[i].threads;
    cr_assert(usl_fit(p, n, &fit));
    cr_expect(eq(dbl, fit.sigma, 0));
    cr_expect(eq(dbl, fit.kappa, 0));
}

Test(usl, five_thread_counts_are_refused)
{
    struct usl_point p[MOST];
    struct usl_fit fit;
    size_t n = made(p, 5, 5, 0.1, 0.002);

    cr_assert(not(usl_fit(p, n, &fit)));
    /* One of them again is no sixth. */
    p[5] = p[4];
    cr_assert(eq(sz, usl_counts(p, 6), 5));
    cr_assert(not(usl_fit(p, 6, &fit)));
}

Test(usl, says_nothing_beyond_twice_the_largest)
{
    struct usl_point p[MOST];
    struct usl_fit fit;

    cr_assert(usl_fit(p, made(p, 6, 5, 0.1, 0.002), &fit));
    cr_assert(eq(int, fit.limit, 24));
    cr_assert(not(isnan(usl_ns(&fit, 24))));
    cr_assert(isnan(usl_ns(&fit, 25)));
}

/* What usl.h and the refusal say of the published curve: perfbook, as in
 * published.h, at 1 to 8 and at 160 threads. */
Test(usl, misses_160_threads_by_2_3_from_8)
{
    static const double ns[] = {2.52897, 11.2112, 18.5975, 24.8847,
                                29.6985, 37.1234, 44.2992, 51.6862};
    struct usl_point p[8];
    struct usl_fit fit;

    for (int i = 0; i < 8; i++)
        p[i] = (struct usl_point){i + 1, ns[i]};
    cr_assert(usl_fit(p, 8, &fit));
    fit.limit = 160;
    cr_assert(epsilon_eq(dbl, 2671.84 / usl_ns(&fit, 160), 2.3, 0.05));
}

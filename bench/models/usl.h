/* SPDX-License-Identifier: MIT
 *
 * usl.h - a fit of the Universal Scalability Law, and when there is none
 *
 *     rate(n) = lambda n / (1 + sigma (n - 1) + kappa n (n - 1))
 *
 * sigma is for what must be done one after the other, kappa for what each thread
 * has to tell every other one. Source: N. J. Gunther, "Guerrilla Capacity
 * Planning", chapter 4.
 *
 * Three numbers go through three points always, whatever they are, and nearly
 * through five. So fewer than USL_LEAST thread counts are refused. And a fit says
 * little of what lies far outside: fitted to the published fetch-add (published.h)
 * at 1 to 8 threads, the law is wrong by a factor of 2.3 at 160. So nothing is
 * said beyond twice the largest thread count.
 */
#ifndef BENCH_MODEL_USL_H
#define BENCH_MODEL_USL_H

#include <stdbool.h>
#include <stddef.h>

enum { USL_LEAST = 6, USL_BEYOND = 2 };

/* The nanoseconds of an update of one thread, as the harness gives them. */
struct usl_point {
    int threads;
    double ns;
};

struct usl_fit {
    double one;          /* ns for an update of one thread alone: 1 / lambda */
    double sigma, kappa; /* at least 0 */
    double worst;        /* the largest |fitted / measured - 1| */
    int limit;           /* nothing is said beyond so many threads */
};

/* How many different thread counts there are. */
size_t usl_counts(const struct usl_point *p, size_t n);

/* Least squares of relative errors. Returns whether there is a fit: false for
 * fewer than USL_LEAST thread counts. */
bool usl_fit(const struct usl_point *p, size_t n, struct usl_fit *fit);

/* ns for an update at so many threads; NaN beyond the limit. */
double usl_ns(const struct usl_fit *fit, int threads);

#endif

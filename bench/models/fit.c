/* SPDX-License-Identifier: MIT
 *
 * fit.c - see fit.h
 */
#include "fit.h"

#include <math.h>

#include "fail.h"

/* The strict order repeats itself after a few rounds; otherwise visits are of
 * several updates, and more of them are needed. */
uint64_t model_window(const struct model_machine *m, int cores)
{
    uint64_t rounds = m->overlap == 0 ? 8 : 32;

    return rounds * (uint64_t)cores < 64 ? 64 : rounds * (uint64_t)cores;
}

struct model_band model_band(const struct model_machine *m,
                             const struct model_design *d, int cores)
{
    struct model_band b;
    double ns[2];

    for (int end = MODEL_LOW; end <= MODEL_HIGH; end++) {
        b.counts[end] =
            model_run(m, (enum model_end)end, d, cores, model_window(m, cores));
        ns[end] = model_ns(&b.counts[end], cores);
    }
    /* A lock may be faster with slower lines. */
    b.low = fmin(ns[0], ns[1]);
    b.high = fmax(ns[0], ns[1]);
    return b;
}

double model_middle(const struct model_band *b)
{
    return sqrt(b->low * b->high);
}

static double distance(const struct model_machine *m,
                       const struct model_point *points, size_t n)
{
    double sum = 0;

    for (size_t i = 0; i < n; i++) {
        const struct model_point *p = &points[i];
        struct model_band b;
        double d;

        if (p->role != MODEL_FITTED)
            continue;
        b = model_band(m, model_find(p->design), p->cores);
        d = log(model_middle(&b) / p->ns);
        sum += d * d;
    }
    return sum;
}

int model_fit_overlap(const struct model_machine *m,
                      const struct model_point *points, size_t n)
{
    double best = INFINITY;
    int found = -1;

    for (int overlap = 0; overlap <= 900; overlap += 10) {
        struct model_machine tried = *m;
        double d;

        tried.overlap = overlap;
        d = distance(&tried, points, n);
        if (d < best) {
            best = d;
            found = overlap;
        }
    }
    if (found < 0)
        bench_fail("no overlap fits: a point is not a number");
    return found;
}

/* SPDX-License-Identifier: MIT
 *
 * compare.c - see compare.h
 */
#include "compare.h"

#include <math.h>
#include <stdlib.h>

#include "fail.h"

/* Ratio and interval of the pairs; of the undisturbed ones alone if asked. */
static void measure(struct bench_comparison *c, const struct bench_pair *pairs,
                    size_t n, double alpha, bool quiet_only)
{
    double *logs = bench_alloc(n, sizeof *logs);
    bool counted_wrong = false;
    size_t used = 0;

    for (size_t i = 0; i < n; i++) {
        double log_ratio = log(pairs[i].reference_time / pairs[i].time);

        if (quiet_only && pairs[i].disturbed)
            continue;
        counted_wrong |= isnan(log_ratio);
        logs[used++] = log_ratio;
    }
    c->ratio = c->interval.low = c->interval.high = NAN;
    if (!counted_wrong) {
        struct bench_interval interval;

        bench_sort(logs, used);
        interval = bench_median_interval(logs, used, alpha);
        c->ratio = exp(bench_median(logs, used));
        c->interval.low = exp(interval.low);
        c->interval.high = exp(interval.high);
    }
    free(logs);
}

static enum bench_verdict judge(const struct bench_comparison *c, double band)
{
    double least = log(fmax(BENCH_LEAST_RATIO, band));

    if (isnan(c->ratio))
        return BENCH_NO_NUMBER;
    if (isnan(c->interval.low))
        return BENCH_TOO_FEW;
    if (c->interval.low > 1 && log(c->ratio) > least)
        return BENCH_FASTER;
    if (c->interval.high < 1 && log(c->ratio) < -least)
        return BENCH_SLOWER;
    return BENCH_NOT_RESOLVED;
}

struct bench_comparison bench_compare(const struct bench_pair *pairs, size_t n,
                                      double alpha, double band)
{
    struct bench_comparison c = {.pairs = n}, quiet = {0};

    for (size_t i = 0; i < n; i++)
        c.disturbed += pairs[i].disturbed;
    measure(&c, pairs, n, alpha, false);
    c.verdict = judge(&c, band);
    if (c.verdict == BENCH_FASTER || c.verdict == BENCH_SLOWER) {
        measure(&quiet, pairs, n, alpha, true);
        if (judge(&quiet, band) != c.verdict)
            c.verdict = BENCH_DISTURBED;
    }
    return c;
}

double bench_band(const struct bench_comparison *aa)
{
    if (isnan(aa->interval.low))
        return INFINITY;
    return fmax(1 / aa->interval.low, aa->interval.high);
}

const char *bench_verdict_text(enum bench_verdict verdict)
{
    switch (verdict) {
    case BENCH_NOT_RESOLVED: return "not resolved";
    case BENCH_FASTER: return "faster";
    case BENCH_SLOWER: return "slower";
    case BENCH_DISTURBED: return "not resolved: disturbed";
    case BENCH_TOO_FEW: return "not resolved: too few pairs";
    case BENCH_NO_NUMBER: return "no number: wrong sum";
    }
    return "unknown";
}

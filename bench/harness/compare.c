/* SPDX-License-Identifier: MIT
 *
 * compare.c - see compare.h
 */
#include "compare.h"

#include <math.h>
#include <stdlib.h>

#include "fail.h"

static enum bench_verdict judge(const struct bench_comparison *c, double band)
{
    double least = log(fmax(BENCH_LEAST_RATIO, band));

    if (isnan(c->ratio))
        return BENCH_NO_NUMBER;
    if (2 * c->disturbed > c->pairs)
        return BENCH_DISTURBED;
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
    struct bench_comparison c = {
        .pairs = n, .ratio = NAN, .interval = {NAN, NAN}};
    double *logs = bench_alloc(n, sizeof *logs);
    bool counted_wrong = n == 0;

    for (size_t i = 0; i < n; i++) {
        logs[i] = log(pairs[i].reference_time / pairs[i].time);
        counted_wrong |= isnan(logs[i]);
        c.disturbed += pairs[i].disturbed;
    }
    if (!counted_wrong) {
        struct bench_interval logs_interval;

        bench_sort(logs, n);
        logs_interval = bench_median_interval(logs, n, alpha);
        c.ratio = exp(bench_median(logs, n));
        c.interval.low = exp(logs_interval.low);
        c.interval.high = exp(logs_interval.high);
    }
    c.verdict = judge(&c, band);
    free(logs);
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

/* SPDX-License-Identifier: MIT
 *
 * compare.c - see compare.h
 */
#include "compare.h"

#include <math.h>
#include <stdlib.h>

#include "fail.h"

/* Of the pairs; of the undisturbed ones alone if asked. */
static struct bench_ratio measure(const struct bench_pair *pairs, size_t n,
                                  double alpha, bool quiet_only)
{
    struct bench_ratio r = {NAN, {NAN, NAN}};
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
    if (!counted_wrong) {
        struct bench_interval interval;

        bench_sort(logs, used);
        interval = bench_median_interval(logs, used, alpha);
        r.median = exp(bench_median(logs, used));
        r.interval.low = exp(interval.low);
        r.interval.high = exp(interval.high);
    }
    free(logs);
    return r;
}

static enum bench_verdict judge(const struct bench_ratio *r, double band)
{
    double least = log(fmax(BENCH_LEAST_RATIO, band));

    if (isnan(r->median))
        return BENCH_NO_NUMBER;
    if (isnan(r->interval.low))
        return BENCH_TOO_FEW;
    if (r->interval.low > 1 && log(r->median) > least)
        return BENCH_FASTER;
    if (r->interval.high < 1 && log(r->median) < -least)
        return BENCH_SLOWER;
    return BENCH_NOT_RESOLVED;
}

struct bench_comparison bench_compare(const struct bench_pair *pairs, size_t n,
                                      double alpha, double band)
{
    struct bench_comparison c = {.pairs = n};

    for (size_t i = 0; i < n; i++)
        c.disturbed += pairs[i].disturbed;
    c.all = measure(pairs, n, alpha, false);
    c.quiet = measure(pairs, n, alpha, true);
    c.verdict = judge(&c.all, band);
    if ((c.verdict == BENCH_FASTER || c.verdict == BENCH_SLOWER) &&
        judge(&c.quiet, band) != c.verdict)
        c.verdict = BENCH_DISTURBED;
    return c;
}

double bench_band(const struct bench_comparison *aa)
{
    if (isnan(aa->all.interval.low))
        return INFINITY;
    return fmax(1 / aa->all.interval.low, aa->all.interval.high);
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

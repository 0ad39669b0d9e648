/* SPDX-License-Identifier: MIT
 *
 * number.c - what a finished trial is worth: its number, or none
 */
#include <math.h>

#include "trial.h"

bool bench_trial_disturbed(const struct bench_trial *t)
{
    return (double)t->stolen_ns >
               BENCH_DISTURBED_SHARE * (double)t->window_ns ||
           t->steal_ticks > 0;
}

bool bench_trial_sum_ok(const struct bench_trial *t, enum bench_sum kind)
{
    switch (kind) {
    case BENCH_EXACT: return t->sum == t->expected;
    case BENCH_LOSSY: return t->sum <= t->expected;
    case BENCH_NO_SUM: return true;
    }
    return false;
}

double bench_trial_ns_per_update(const struct bench_trial *t, int threads,
                                 enum bench_sum kind)
{
    if (t->failed || t->updates == 0 || !bench_trial_sum_ok(t, kind))
        return NAN;
    return (double)threads * (double)t->window_ns / (double)t->updates;
}

double bench_trial_lost(const struct bench_trial *t)
{
    if (t->expected == 0 || t->sum >= t->expected)
        return 0;
    return (double)(t->expected - t->sum) / (double)t->expected;
}

/* SPDX-License-Identifier: MIT
 *
 * resolved.c - what lab 07's test of speed says of ratios that are made up
 *
 *     resolved RATIO...    15 of them, as fifteen undisturbed rounds give them
 *
 * The test is the graded one itself, and so is the interval; only the judge
 * and the driver are stand-ins. Prints "passed", or "failed: ..." or
 * "inconclusive: ..." with what came instead.
 */
#include "judge/judge.h"

#undef GRADED
#define GRADED(name, ...) \
    static __attribute__((unused)) void graded_##name(void)
#include "suites/07-scaling/contract.c"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static double ratio[RATIOS];

void scenario(const char *name, const double *in, size_t n, double *out,
              size_t m)
{
    struct interval i = interval_of(ratio, RATIOS);
    double measured[] = {RATIOS, i.low, i.high, 0};

    (void)name;
    (void)in;
    (void)n;
    for (size_t k = 0; k < m && k < 4; k++)
        out[k] = measured[k];
}

static _Noreturn void end(const char *verdict, const char *format, va_list list)
{
    printf("%s: ", verdict);
    vprintf(format, list);
    printf("\n");
    exit(0);
}

void judge_fail(const char *expected, const char *got_format, ...)
{
    va_list list;

    (void)expected;
    va_start(list, got_format);
    end("failed", got_format, list);
}

void judge_open_end(const char *expected, const char *got_format, ...)
{
    va_list list;

    (void)expected;
    va_start(list, got_format);
    end("inconclusive", got_format, list);
}

int main(int argc, char **argv)
{
    if (argc != RATIOS + 1)
        return 2;
    for (int i = 0; i < RATIOS; i++)
        ratio[i] = strtod(argv[i + 1], NULL);
    graded_an_increment_shares_nothing();
    printf("passed\n");
    return 0;
}

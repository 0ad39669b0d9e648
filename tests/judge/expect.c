/* SPDX-License-Identifier: MIT
 *
 * expect.c - compare what came back with what the contract promises
 */
#include "judge.h"
#include "message.h"
#include "steps.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

_Noreturn void judge_fail(const char *expected, const char *got_format, ...)
{
    char got[512];
    va_list list;

    va_start(list, got_format);
    vsnprintf(got, sizeof got, got_format, list);
    va_end(list);
    message_send("failed", expected, got);
}

_Noreturn void judge_open_end(const char *expected, const char *got_format, ...)
{
    char got[512];
    va_list list;

    va_start(list, got_format);
    vsnprintf(got, sizeof got, got_format, list);
    va_end(list);
    message_send("inconclusive", expected, got);
}

/* "met_gauge_value(g)" returns something, "the sum" is something. */
static _Noreturn void fail_returns(const char *call, const char *want,
                                   const char *got)
{
    char expected[512];
    bool returns = call[strcspn(call, "( ")] == '(' && call[0] != '(';

    snprintf(expected, sizeof expected, "%s %s %s", call,
             returns ? "returns" : "is", want);
    message_send("failed", expected, got);
}

static void number(char *text, size_t size, double v)
{
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, size, "%.*g", digits, v);
        if (strtod(text, NULL) == v || isnan(v))
            return;
    }
}

static void code(char *text, size_t size, int v)
{
    const char *name = step_code_name(v);

    if (name)
        snprintf(text, size, "%s", name);
    else
        snprintf(text, size, "%d", v);
}

void expect_code(const char *call, int got, int want)
{
    char g[40], w[40];

    if (got == want)
        return;
    code(g, sizeof g, got);
    code(w, sizeof w, want);
    fail_returns(call, w, g);
}

void expect_long(const char *call, long got, long want)
{
    char g[40], w[40];

    if (got == want)
        return;
    snprintf(g, sizeof g, "%ld", got);
    snprintf(w, sizeof w, "%ld", want);
    fail_returns(call, w, g);
}

void expect_near(const char *call, double got, double want, double relative)
{
    char g[40], w[40];

    if (got == want || (isnan(got) && isnan(want)) ||
        fabs(got - want) <= relative * fabs(want))
        return;
    number(g, sizeof g, got);
    number(w, sizeof w, want);
    fail_returns(call, w, g);
}

void expect_double(const char *call, double got, double want)
{
    expect_near(call, got, want, 0);
}

void expect_str(const char *call, const char *got, const char *want)
{
    char w[300];

    if (got && strcmp(got, want) == 0)
        return;
    snprintf(w, sizeof w, *want ? "\n%s" : "an empty text", want);
    fail_returns(call, w, !got ? "NULL" : *got ? got : "an empty text");
}

long unforeseen(long lowest, long highest)
{
    unsigned long r;

    if (getrandom(&r, sizeof r, 0) != sizeof r)
        message_send("error", "random bytes", "getrandom failed");
    return lowest + (long)(r % (unsigned long)(highest - lowest + 1));
}

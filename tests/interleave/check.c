/* SPDX-License-Identifier: MIT
 *
 * check.c - what a scenario calls: expectations, outcomes, names
 */
#include "state.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { OUTCOMES = 1024, NAMES = 32 };

void il_expect_long(const char *what, long got, long expected)
{
    if (got == expected)
        return;
    il_expected("%s %ld", what, expected);
    il_got("%s %ld", what, got);
    il_stop(ASSERTION, "%s", "");
}

void il_expect_double(const char *what, double got, double expected)
{
    if (got == expected || (got != got && expected != expected))
        return;
    il_expected("%s %.17g", what, expected);
    il_got("%s %.17g", what, got);
    il_stop(ASSERTION, "%s", "");
}

void il_expect(const char *what, int holds)
{
    if (holds)
        return;
    il_expected("%s", what);
    il_got("not so");
    il_stop(ASSERTION, "%s", "");
}

void il_fail(const char *expected, const char *format, ...)
{
    char text[TEXT];
    va_list ap;
    va_start(ap, format);
    vsnprintf(text, sizeof text, format, ap);
    va_end(ap);
    il_expected("%s", expected);
    il_got("%s", text);
    il_stop(ASSERTION, "%s", "");
}

void il_skip(void)
{
    il_w.running = false;
    il_w.skipped = true;
    il_fibre_leave();
}

/* ---- outcomes ---- */

static struct {
    char text[64];
    long count;
} outcomes[OUTCOMES];
static int noutcomes;

void il_outcomes_reset(void)
{
    noutcomes = 0;
}

void il_observe(const char *format, ...)
{
    char text[64];
    va_list ap;
    va_start(ap, format);
    vsnprintf(text, sizeof text, format, ap);
    va_end(ap);
    for (int i = 0; i < noutcomes; i++)
        if (!strcmp(outcomes[i].text, text)) {
            outcomes[i].count++;
            return;
        }
    if (noutcomes == OUTCOMES)
        il_stop(INCONCLUSIVE, "more than %d outcomes", OUTCOMES);
    strcpy(outcomes[noutcomes].text, text);
    outcomes[noutcomes++].count = 1;
}

void il_outcomes(void (*each)(const char *text, long count))
{
    for (int i = 0; i < noutcomes; i++)
        each(outcomes[i].text, outcomes[i].count);
}

/* ---- names ---- */

static struct {
    uintptr_t start;
    size_t size;
    char name[32];
} names[NAMES];
static int nnames;

void il_names_reset(void)
{
    nnames = 0;
}

void il_name(const void *start, size_t size, const char *name)
{
    if (nnames == NAMES)
        return;
    names[nnames].start = (uintptr_t)start;
    names[nnames].size = size;
    snprintf(names[nnames++].name, sizeof names->name, "%s", name);
}

const char *il_named(uintptr_t addr, size_t *offset)
{
    for (int i = 0; i < nnames; i++)
        if (addr - names[i].start < names[i].size) {
            *offset = addr - names[i].start;
            return names[i].name;
        }
    return NULL;
}

/* SPDX-License-Identifier: MIT
 *
 * fuzz.c - expocheck before any bytes, for libFuzzer
 *
 * The checker reads pages that nobody vouches for, so it must end on any, read
 * nothing beyond them, and refuse with a line of the page.
 */
#include "support/expo.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void count(void *ctx, const struct expo_sample *s)
{
    size_t *samples = ctx;

    *samples += s->labels <= EXPO_LABELS;
}

static void check(const char *page, size_t size, enum expo_format format)
{
    struct expo_problem why;
    size_t samples = 0, lines = 1;

    for (size_t i = 0; i < size; i++)
        lines += page[i] == '\n';
    if (expo_check(page, size, format, count, &samples, &why)) {
        if (size > 0 && page[size - 1] != '\n' && format == EXPO_TEXT)
            abort(); /* a last line must end */
        if (samples > lines)
            abort();
    } else if (why.line > lines || !why.rule ||
               !memchr(why.found, '\0', sizeof why.found)) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    check((const char *)data, size, EXPO_TEXT);
    check((const char *)data, size, EXPO_OPENMETRICS);
    return 0;
}

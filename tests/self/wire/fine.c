/* SPDX-License-Identifier: MIT
 *
 * fine.c - what the wire must carry; all of these pass
 */
#include "judge/judge.h"

#include <string.h>

#define SUITE fine

GRADED(handles, 1, "")
{
    struct met_probe *a = NULL, *b = NULL;

    EXPECT_CODE(met_probe_create(&a, 1.5), 0);
    EXPECT_CODE(met_probe_create(&b, -0.25), 0);
    EXPECT_DOUBLE(met_probe_value(a), 1.5);
    EXPECT_DOUBLE(met_probe_value(b), -0.25);
    met_probe_destroy(a);
    met_probe_destroy(b);
    met_probe_destroy(NULL);
}

GRADED(strings, 1, "")
{
    char large[100000];

    memset(large, 'x', sizeof large);
    large[sizeof large - 1] = '\0';
    EXPECT_STR(met_probe_echo("a string"), "a string");
    EXPECT_STR(met_probe_echo(""), "");
    EXPECT_STR(met_probe_echo(large), large);
    EXPECT(met_probe_echo(NULL) == NULL, "NULL stays NULL", "a string");
    EXPECT_LONG(met_probe_length("\xff\x01 bytes"), 8);
    EXPECT_LONG(met_probe_length(NULL), -1);
}

GRADED(arrays, 1, "")
{
    const double v[] = {1, 2, 4, 8};

    EXPECT_DOUBLE(met_probe_sum(v, 4), 15);
    EXPECT_DOUBLE(met_probe_sum(v, 0), 0);
    EXPECT_DOUBLE(met_probe_sum(NULL, 0), -1);
}

GRADED(buffers, 1, "")
{
    char b[8] = "abcdefg";

    EXPECT_CODE(met_probe_fill(b, sizeof b, 3, '-'), 0);
    EXPECT_STR(b, "---defg");
    EXPECT_CODE(met_probe_fill(NULL, 0, 0, '-'), MET_EINVAL);
}

GRADED(numbers, 1, "")
{
    EXPECT_LONG(met_probe_eight(1, 20, 300, 4000, 50000.0, 600000.0f, 7, 80),
                654408);
}

struct seen {
    int calls;
    double sum;
    struct met_probe *inner;
};

static int see(void *ctx, const char *name, double value)
{
    struct seen *s = ctx;

    EXPECT(strncmp(name, "element ", 8) == 0, "a name", "%s", name);
    s->calls++;
    s->sum += value + met_probe_value(s->inner); /* a call inside a callback */
    return value > 3 ? 77 : 0;
}

GRADED(callbacks, 1, "")
{
    struct seen s = {0};
    const double v[] = {1, 2, 4, 8};

    EXPECT_CODE(met_probe_create(&s.inner, 100), 0);
    EXPECT_LONG(met_probe_each(v, 4, see, &s), 77);
    EXPECT_LONG(s.calls, 3);
    EXPECT_DOUBLE(s.sum, 307);
    EXPECT_LONG(met_probe_each(v, 4, NULL, NULL), 0);
    met_probe_destroy(s.inner);
}

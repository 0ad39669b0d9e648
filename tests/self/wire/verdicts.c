/* SPDX-License-Identifier: MIT
 *
 * verdicts.c - compare the results of judges with what stands at the tests, and
 * print TAP
 *
 *     verdicts FENCE COUNT < results
 *
 * COUNT is that of all lines: one for each test, and one for each judge's fence.
 * A test without a sentence must pass.
 */
#include <fnmatch.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int number, failures;

static void tap(int fine, const char *name, const char *wanted, const char *got)
{
    printf("%sok %d - %s\n", fine ? "" : "not ", ++number, name);
    if (!fine)
        printf("#   wanted: %s\n#   got:    %s\n", wanted, got);
    failures += !fine;
}

static const char *text_of(const json_t *o, const char *key)
{
    const char *s = json_string_value(json_object_get(o, key));

    return s ? s : "";
}

static void compare(const json_t *t)
{
    const char *status = text_of(t, "status"), *got = text_of(t, "got");
    const char *wanted = text_of(t, "sentence");

    if (*wanted == '\0')
        tap(strcmp(status, "passed") == 0, text_of(t, "name"), "passed", got);
    else
        tap(strcmp(status, "failed") == 0 && fnmatch(wanted, got, 0) == 0,
            text_of(t, "name"), wanted, got);
}

int main(int argc, char **argv)
{
    json_t *t;
    int lines = 0;

    if (argc != 3) {
        fprintf(stderr, "usage: verdicts FENCE COUNT < results\n");
        return 2;
    }
    while ((t = json_loadf(stdin, JSON_DISABLE_EOF_CHECK, NULL))) {
        const char *fence = text_of(t, "fence");
        if (*fence)
            tap(strcmp(fence, argv[1]) == 0, "the fence", argv[1], fence);
        else
            compare(t);
        json_decref(t);
        lines++;
    }
    tap(lines == atoi(argv[2]), "all tests have a verdict", argv[2], "fewer");
    printf("1..%d\n", number);
    return failures > 0;
}

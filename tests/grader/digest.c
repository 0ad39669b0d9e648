/* SPDX-License-Identifier: MIT
 *
 * digest.c - one number for all that a score depends on but the submission
 */
#include "digest.h"

#include "compile.h"

#include <nettle/sha2.h>
#include <stdio.h>
#include <string.h>

bool digest_compiler(const char *cc, char text[COMPILER_TEXT])
{
    char command[64];

    snprintf(command, sizeof command, "/usr/bin/%s --version 2>/dev/null", cc);
    FILE *f = popen(command, "r");
    bool some = f && fgets(text, COMPILER_TEXT, f);
    if (f)
        pclose(f);
    if (some)
        text[strcspn(text, "\n")] = '\0';
    return some;
}

static void add_text(struct sha256_ctx *s, const char *text)
{
    sha256_update(s, strlen(text) + 1, (const uint8_t *)text);
}

/* The list of sources with their sums, which the Makefile writes when it
 * builds from them. */
static bool add_list(struct sha256_ctx *s, const char *path)
{
    char line[4096];
    FILE *f = fopen(path, "r");

    if (!f)
        return false;
    while (fgets(line, sizeof line, f))
        add_text(s, line);
    fclose(f);
    return true;
}

bool digest_course(const struct course *c, const char *compiler,
                   char text[DIGEST_TEXT])
{
    struct sha256_ctx s;
    uint8_t sum[SHA256_DIGEST_SIZE];
    char path[4096];

    sha256_init(&s);
    course_path(c, path, "build/judge/sources");
    if (!add_list(&s, path))
        return false;
    for (int b = 0; b < BUILD_COUNT; b++)
        add_text(&s, compile_flags(b));
    add_text(&s, compiler);
    sha256_digest(&s, sizeof sum, sum);
    int n = snprintf(text, DIGEST_TEXT, "sha256:");
    for (size_t i = 0; i < sizeof sum; i++)
        n += snprintf(text + n, DIGEST_TEXT - (size_t)n, "%02x", sum[i]);
    return true;
}

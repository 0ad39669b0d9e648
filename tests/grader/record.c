/* SPDX-License-Identifier: MIT
 *
 * record.c - the canonical result: abacus/result/1
 */
#include "record.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SCHEMA "abacus/result/1"

json_t *record_start(const char *submission, const char *digest,
                     const char *compiler)
{
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:[]}", "schema", SCHEMA,
                     "submission", submission, "digest", digest, "compiler",
                     compiler, "fence", "namespaces", "labs");
}

static bool write_to(const json_t *result, FILE *f)
{
    return json_dumpf(result, f, JSON_INDENT(2) | JSON_REAL_PRECISION(4)) ==
               0 &&
           fputc('\n', f) != EOF && fflush(f) == 0 &&
           (fsync(fileno(f)) == 0 || errno == EINVAL); /* a pipe has no disk */
}

/* A link, a device or a pipe keeps being one: as root, a rename would make a
 * file of /dev/null. */
static bool is_special(const char *path)
{
    struct stat st;

    return lstat(path, &st) == 0 && !S_ISREG(st.st_mode);
}

bool record_write(const json_t *result, const char *path)
{
    char temporary[4096];

    bool special = is_special(path);
    int n = special ? snprintf(temporary, sizeof temporary, "%s", path)
                    : snprintf(temporary, sizeof temporary, "%s.%d", path,
                               (int)getpid());
    if (n >= (int)sizeof temporary) {
        fprintf(stderr, "grade: the path of the result is too long\n");
        return false;
    }
    FILE *f = fopen(temporary, "w");
    bool written = f && write_to(result, f);
    int why = errno;
    if (f && fclose(f) != 0 && written) {
        written = false;
        why = errno;
    }
    if (written && !special && rename(temporary, path) != 0) {
        written = false;
        why = errno;
    }
    if (!written) {
        fprintf(stderr, "grade: %s cannot be written: %s\n", path,
                strerror(why));
        if (!special)
            unlink(temporary);
    }
    return written;
}

json_t *record_read(const char *path)
{
    json_error_t e;
    json_t *r = json_load_file(path, 0, &e);
    const char *schema = json_string_value(json_object_get(r, "schema"));

    if (r && schema && strcmp(schema, SCHEMA) == 0)
        return r;
    fprintf(stderr, "grade: %s is no result: %s\n", path,
            r ? "its schema is not " SCHEMA : e.text);
    json_decref(r);
    return NULL;
}

/* SPDX-License-Identifier: MIT
 *
 * files.c - folders and files that are written whole or not at all
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "fail.h"
#include "output.h"

void bench_make_folder(const char *folder)
{
    char path[4096];
    size_t n = strlen(folder);

    if (n == 0 || n >= sizeof path)
        bench_fail("the name of the folder is too long or empty");
    memcpy(path, folder, n + 1);
    for (size_t i = 1; i <= n; i++) {
        if (path[i] != '/' && path[i] != '\0')
            continue;
        path[i] = '\0';
        if (mkdir(path, 0777) != 0 && errno != EEXIST)
            bench_fail("cannot make the folder '%s': %s", path,
                       strerror(errno));
        path[i] = i < n ? '/' : '\0';
    }
}

FILE *bench_create(const char *folder, const char *name)
{
    char path[4096];
    FILE *f;

    snprintf(path, sizeof path, "%s/%s", folder, name);
    f = fopen(path, "w");
    if (f == NULL)
        bench_fail("cannot write '%s': %s", path, strerror(errno));
    return f;
}

void bench_close(FILE *f, const char *name)
{
    int bad = ferror(f);

    if (fclose(f) != 0 || bad)
        bench_fail("cannot write '%s': %s", name, strerror(errno));
}

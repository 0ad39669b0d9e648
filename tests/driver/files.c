/* SPDX-License-Identifier: MIT
 *
 * files.c - the few files that a submission may open or ask about
 *
 * The submission is linked with --wrap, so that its fopen() is the
 * __wrap_fopen() here. What proc(5) says of the process itself may be read,
 * for the process metrics of lab 05; nothing else, and nothing written. A test
 * may forbid that, too.
 */
#include "scenario.h"
#include "theirs.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static int all_forbidden;

/* Nothing can be opened any more. */
SCENARIO(forbid_files)
{
    (void)in;
    all_forbidden = 1;
    out[0] = 0;
}

#define EXPORTED __attribute__((visibility("default"))) extern

EXPORTED FILE *__wrap_fopen(const char *path, const char *mode);
EXPORTED DIR *__wrap_opendir(const char *path);
EXPORTED int __wrap_stat(const char *path, struct stat *s);

static int is_one_of(const char *path, const char *const paths[])
{
    for (; *paths && !all_forbidden; paths++)
        if (strcmp(path, *paths) == 0)
            return 1;
    errno = EACCES;
    return 0;
}

FILE *__wrap_fopen(const char *path, const char *mode)
{
    static const char *const paths[] = {"/proc/self/stat",
                                        "/proc/self/statm",
                                        "/proc/self/status",
                                        "/proc/self/limits",
                                        "/proc/stat",
                                        "/proc/uptime",
                                        NULL};

    if (strcmp(mode, "r") != 0 || !is_one_of(path, paths))
        return NULL;
    return fopen(path, "re");
}

static const char *const folders[] = {"/proc/self/fd", NULL};

DIR *__wrap_opendir(const char *path)
{
    return is_one_of(path, folders) ? opendir(path) : NULL;
}

int __wrap_stat(const char *path, struct stat *s)
{
    return is_one_of(path, folders) ? stat(path, s) : -1;
}

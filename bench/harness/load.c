/* SPDX-License-Identifier: MIT
 *
 * load.c - see load.h
 */
#include "load.h"

#include <dlfcn.h>
#include <errno.h>
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fail.h"

void bench_load_room(char **argv)
{
    static const char name[] = "GLIBC_TUNABLES",
                      room[] = "glibc.rtld.optional_static_tls";
    const char *old = getenv(name);
    char value[4096];

    if (old != NULL && strstr(old, room) != NULL)
        return;
    int n = snprintf(value, sizeof value, "%s%s%s=16384", old ? old : "",
                     old ? ":" : "", room);
    if (n < (int)sizeof value && setenv(name, value, 1) == 0)
        execv("/proc/self/exe", argv);
    bench_fail("cannot start again: %s", strerror(errno));
}

static void check_name(const char *file, const char *name)
{
    if (name[strspn(name, "abcdefghijklmnopqrstuvwxyz"
                          "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-")])
        bench_fail("%s: a name has letters, digits and hyphens, not '%s'", file,
                   name);
}

const struct bench_design *bench_load(const char *file)
{
    void *object = dlopen(file, RTLD_NOW | RTLD_LOCAL);
    const struct bench_design *first;

    if (object == NULL)
        bench_fail("cannot load a design: %s", dlerror());
    first = dlsym(object, "bench_design");
    if (first == NULL)
        bench_fail("%s holds no design", file);
    for (const struct bench_design *d = first; d != NULL; d = d->next) {
        check_name(file, d->name);
        if (d->batch % d->sample_every != 0)
            bench_fail("%s: a batch of '%s' is no multiple of what is timed",
                       file, d->name);
    }
    return first;
}

int bench_load_folder(const char *folder, const struct bench_design **found,
                      int max)
{
    char pattern[4096];
    glob_t files;
    int n = 0;

    snprintf(pattern, sizeof pattern, "%s/*.so", folder);
    if (glob(pattern, 0, NULL, &files) != 0)
        bench_fail("there are no built designs in '%s'", folder);
    for (size_t i = 0; i < files.gl_pathc; i++)
        for (const struct bench_design *d = bench_load(files.gl_pathv[i]);
             d != NULL; d = d->next) {
            if (n == max)
                bench_fail("more than %d designs in '%s'", max, folder);
            found[n++] = d;
        }
    globfree(&files);
    return n;
}

/* SPDX-License-Identifier: MIT
 *
 * load.c - see load.h
 */
#include "load.h"

#include <dlfcn.h>
#include <glob.h>
#include <stdio.h>
#include <string.h>

#include "fail.h"

const struct bench_design *bench_load(const char *file)
{
    void *object = dlopen(file, RTLD_NOW | RTLD_LOCAL);
    const struct bench_design *d;

    if (object == NULL)
        bench_fail("cannot load a design: %s", dlerror());
    d = dlsym(object, "bench_design");
    if (d == NULL)
        bench_fail("%s holds no design", file);
    if (d->name[strspn(d->name, "abcdefghijklmnopqrstuvwxyz"
                                "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-")])
        bench_fail("%s: a name has letters, digits and hyphens, not '%s'", file,
                   d->name);
    return d;
}

int bench_load_folder(const char *folder, const struct bench_design **found,
                      int max)
{
    char pattern[4096];
    glob_t files;
    int n;

    snprintf(pattern, sizeof pattern, "%s/*.so", folder);
    if (glob(pattern, 0, NULL, &files) != 0)
        bench_fail("there are no built designs in '%s'", folder);
    n = (int)files.gl_pathc;
    if (n > max)
        bench_fail("more than %d designs in '%s'", max, folder);
    for (int i = 0; i < n; i++)
        found[i] = bench_load(files.gl_pathv[i]);
    globfree(&files);
    return n;
}

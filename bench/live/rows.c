/* SPDX-License-Identifier: MIT
 *
 * rows.c - see rows.h
 */
#include "rows.h"

#include <stdio.h>
#include <unistd.h>

#include "fail.h"
#include "load.h"

static const char *const names[ROWS] = {
    "racy",         "mutex",        "fetch-add-relaxed",
    "slots-packed", "slots-padded", "thread-local"};

void rows_load(struct rows *r, const char *folder)
{
    char path[4096];

    *r = (struct rows){0};
    for (size_t i = 0; i < ROWS; i++) {
        snprintf(path, sizeof path, "%s/%s.so", folder, names[i]);
        if (access(path, R_OK) != 0)
            bench_fail("there is no %s; bench/build.sh makes it", path);
        r->row[i].key = (char)('1' + i);
        r->row[i].design = bench_load(path);
    }
}

void rows_pick(struct rows *r, char key)
{
    for (size_t i = 0; i < ROWS; i++)
        if (r->row[i].key == key)
            r->picked = i;
}

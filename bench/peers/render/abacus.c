/* SPDX-License-Identifier: MIT
 *
 * abacus.c - the time to render the page of README.md, by our library
 *
 *     abacus [FILE]    prints the microseconds of one page: the median of 15
 *                      batches of 20; writes the page to FILE
 */
#include "../page/page.h"

#include "met/exposition.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { BATCHES = 15, BATCH = 20 };

static char page[1 << 20];

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
    struct met_registry *r;
    double took[BATCHES];
    size_t size;

    need(met_registry_create(&r));
    page_fill(r, "/api/v1/items/");
    for (int i = 0; i < BATCHES; i++) {
        double begin = now();
        for (int k = 0; k < BATCH; k++)
            need(met_expose(r, MET_TEXT, page, sizeof page, &size));
        took[i] = (now() - begin) / BATCH;
    }
    qsort(took, BATCHES, sizeof *took, by_size);
    printf("%.2f\n", took[BATCHES / 2]);
    FILE *f = argc > 1 ? fopen(argv[1], "w") : NULL;
    if (f && (fwrite(page, 1, size, f) != size || fclose(f) != 0))
        return 1;
    met_registry_destroy(r);
    return 0;
}

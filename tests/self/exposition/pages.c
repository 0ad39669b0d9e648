/* SPDX-License-Identifier: MIT
 *
 * pages.c - pages of random registries, by the reference
 *
 *     pages FOLDER FIRST COUNT
 *
 * Writes FOLDER/SEED.txt and FOLDER/SEED.om, the two formats of one registry,
 * for COUNT seeds from FIRST on. Names, labels, help texts and values are
 * hard ones: every character that a rule speaks of, every kind of double.
 */
#include "met/exposition.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FAMILIES = 8, CHILDREN = 5 };

/* SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number
 * generators", 2014). */
static uint64_t state;

static uint64_t next(void)
{
    uint64_t z = state += 0x9e3779b97f4a7c15U;

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

static size_t below(size_t n)
{
    return (size_t)(next() % n);
}

static const char *text(void)
{
    static const char *const parts[] = {"a",
                                        "B9",
                                        "_",
                                        "\\",
                                        "\"",
                                        "\n",
                                        "\\n",
                                        " ",
                                        "  ",
                                        "{",
                                        "}",
                                        ",",
                                        "=",
                                        "#",
                                        "\t",
                                        "\xc3\xa4",
                                        "0",
                                        "le",
                                        "\xe2\x82\xac",
                                        "\r",
                                        "# EOF",
                                        "+Inf",
                                        "\x7f",
                                        "\xf0\x9f\x98\x80"};
    static char made[4][128];
    static int turn;
    char *t = made[turn = (turn + 1) % 4];

    *t = '\0';
    for (size_t n = below(6); n > 0; n--)
        strcat(t, parts[below(sizeof parts / sizeof *parts)]);
    return t;
}

static double any_double(void)
{
    static const double special[] = {
        0,   -0.0,     1,         0.1, -2.5,   1e21,
        1e6, INFINITY, -INFINITY, NAN, 5e-324, 1.7976931348623157e308};
    double v;
    uint64_t bits = next();

    if (below(3) == 0)
        return special[below(sizeof special / sizeof *special)];
    if (below(2) == 0)
        return (double)below(100000) / 64;
    memcpy(&v, &bits, sizeof v);
    return v;
}

static void stop(const char *what, int err)
{
    fprintf(stderr, "pages: %s: %d\n", what, err);
    exit(1);
}

static void fill_child(enum met_type type, struct met_child *c)
{
    double v = any_double();

    if (type == MET_COUNTER)
        met_counter_add(met_child_counter(c), isnan(v) ? 0 : fabs(v));
    else if (type == MET_GAUGE)
        met_gauge_set(met_child_gauge(c), v);
    for (size_t i = type == MET_HISTOGRAM ? below(20) : 0; i > 0; i--)
        met_histogram_observe(met_child_histogram(c),
                              below(8) ? (double)below(4000) / 1000
                                       : any_double());
}

static void fill_family(enum met_type type, struct met_family *f, size_t n)
{
    for (size_t i = below(CHILDREN); i > 0; i--) {
        const char *values[3];
        struct met_child *c;
        for (size_t k = 0; k < n; k++)
            values[k] = text();
        if (met_family_child(f, values, n, &c) == 0) {
            fill_child(type, c);
            met_child_release(c);
        }
    }
}

static int make_family(struct met_registry *r, enum met_type type,
                       const char *name, struct met_family **f, size_t n)
{
    static const char *const labels[] = {"a", "_b", "Z9"};
    const char *help = text();
    double bounds[MET_DEFAULT_BOUNDS];
    size_t count = 0;

    help = *help ? help : "Help.";
    if (type == MET_COUNTER)
        return met_registry_counter(r, name, help, labels, n, f);
    if (type == MET_GAUGE)
        return met_registry_gauge(r, name, help, labels, n, f);
    switch (below(3)) {
    case 0:
        met_bounds_default(bounds);
        count = MET_DEFAULT_BOUNDS;
        break;
    case 1: met_bounds_linear(-1, 0.5, count = 1 + below(6), bounds); break;
    default: met_bounds_exponential(0.001, 10, count = 1 + below(11), bounds);
    }
    return met_registry_histogram(r, name, help, labels, n, bounds,
                                  below(6) ? count : 0, f);
}

static void fill(struct met_registry *r)
{
    static const char *const suffixes[] = {"_total", "_depth", "_seconds"};
    char name[64];

    for (size_t i = below(FAMILIES); i > 0; i--) {
        enum met_type type = (enum met_type)below(3);
        size_t n = below(4);
        struct met_family *f;
        snprintf(name, sizeof name, "%c%zu:x_%s", "aZ_:"[below(4)], i,
                 suffixes[type]);
        int err = make_family(r, type, name, &f, n);
        if (err < 0)
            stop(name, err);
        fill_family(type, f, n);
    }
}

static int put(void *ctx, const char *bytes, size_t n)
{
    return fwrite(bytes, 1, n, ctx) != n;
}

static void write_page(struct met_registry *r, enum met_format format,
                       const char *folder, uint64_t seed)
{
    char path[512];

    snprintf(path, sizeof path, "%s/%llu.%s", folder, (unsigned long long)seed,
             format == MET_TEXT ? "txt" : "om");
    FILE *f = fopen(path, "wb");
    int err = f ? met_expose_stream(r, format, put, f) : -1;
    if (err < 0 || fclose(f) != 0)
        stop(path, err);
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: pages FOLDER FIRST COUNT\n");
        return 2;
    }
    uint64_t first = strtoull(argv[2], NULL, 10);
    for (uint64_t i = 0; i < strtoull(argv[3], NULL, 10); i++) {
        struct met_registry *r;
        state = first + i;
        if (met_registry_create(&r) < 0)
            stop("registry", -1);
        fill(r);
        write_page(r, MET_TEXT, argv[1], first + i);
        write_page(r, MET_OPENMETRICS, argv[1], first + i);
        met_registry_destroy(r);
    }
    return 0;
}

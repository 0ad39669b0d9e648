/* SPDX-License-Identifier: MIT
 *
 * recorded.c - see recorded.h
 */
#include "recorded.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fail.h"

enum { LINE = 4096, FIELDS = 64 };

/* ---- a CSV file, line by line ---- */

struct csv {
    FILE *file;
    char path[LINE], head[LINE], line[LINE];
    char *name[FIELDS], *field[FIELDS];
    int n;
};

/* Cuts at the commas; our files have no quotes. Returns how many fields. */
static int cut(char *line, char **field)
{
    int n = 0;

    line[strcspn(line, "\r\n")] = '\0';
    while (line != NULL && n < FIELDS)
        field[n++] = strsep(&line, ",");
    return n;
}

static void csv_open(struct csv *c, const char *folder, const char *name)
{
    snprintf(c->path, sizeof c->path, "%s/%s", folder, name);
    c->file = fopen(c->path, "r");
    if (c->file == NULL)
        bench_fail("cannot read '%s': %s", c->path, strerror(errno));
    if (fgets(c->head, sizeof c->head, c->file) == NULL)
        bench_fail("'%s' is empty", c->path);
    c->n = cut(c->head, c->name);
}

static bool csv_next(struct csv *c)
{
    if (fgets(c->line, sizeof c->line, c->file) == NULL) {
        fclose(c->file);
        return false;
    }
    if (cut(c->line, c->field) != c->n)
        bench_fail("'%s' has a row that is not whole", c->path);
    return true;
}

static const char *csv_get(const struct csv *c, const char *name)
{
    for (int i = 0; i < c->n; i++)
        if (strcmp(c->name[i], name) == 0)
            return c->field[i];
    bench_fail("'%s' has no column '%s': not a suite that can be compared",
               c->path, name);
}

/* NaN for an empty field. */
static double csv_number(const struct csv *c, const char *name)
{
    const char *text = csv_get(c, name);
    char *end;
    double x = strtod(text, &end);

    if (*text == '\0')
        return NAN;
    if (*end != '\0')
        bench_fail("'%s': '%s' is no number", c->path, text);
    return x;
}

/* ---- the folder ---- */

static struct recorded_cell *find(struct recorded *r, const char *design,
                                  int threads)
{
    for (size_t i = 0; i < r->n_cells; i++)
        if (r->cells[i].threads == threads &&
            strcmp(r->cells[i].design, design) == 0)
            return &r->cells[i];
    return NULL;
}

const struct recorded_cell *recorded_find(const struct recorded *r,
                                          const char *design, int threads)
{
    return find((struct recorded *)r, design, threads);
}

/* Twice as much room when it is full. */
static void *grow(void *items, size_t n, size_t bytes)
{
    if (n > 0 && (n & (n - 1)) != 0)
        return items;
    items = realloc(items, (n > 0 ? 2 * n : 1) * bytes);
    if (items == NULL)
        bench_fail("no memory for %zu x %zu bytes", n, bytes);
    return items;
}

static struct recorded_cell *cell_of(struct recorded *r, const char *design,
                                     int threads)
{
    struct recorded_cell *c = find(r, design, threads);

    if (c != NULL)
        return c;
    r->cells = grow(r->cells, r->n_cells, sizeof *r->cells);
    c = &r->cells[r->n_cells++];
    *c = (struct recorded_cell){.threads = threads, .aa_band = 1};
    snprintf(c->design, sizeof c->design, "%s", design);
    return c;
}

static void add_trial(struct recorded_cell *c, double ns, bool disturbed)
{
    if (isnan(ns)) {
        c->wrong++;
        return;
    }
    c->ns = grow(c->ns, c->n, sizeof *c->ns);
    c->disturbed = grow(c->disturbed, c->n, sizeof *c->disturbed);
    c->ns[c->n] = ns;
    c->disturbed[c->n++] = disturbed;
}

/* The rows in the order of the tables: trials are in the order of their turns. */
static void read_order(struct recorded *r)
{
    struct csv c;

    csv_open(&c, r->folder, "summary.csv");
    while (csv_next(&c))
        cell_of(r, csv_get(&c, "design"), (int)csv_number(&c, "threads"));
}

static void read_trials(struct recorded *r)
{
    struct csv c;

    csv_open(&c, r->folder, "trials.csv");
    while (csv_next(&c))
        add_trial(
            cell_of(r, csv_get(&c, "design"), (int)csv_number(&c, "threads")),
            csv_number(&c, "ns_per_update"),
            strstr(csv_get(&c, "flags"), "disturbed") != NULL);
}

/* All tables have one band for each number of threads. An empty field is a run
 * that was too short to have one. */
static void read_bands(struct recorded *r)
{
    struct csv c;

    csv_open(&c, r->folder, "ratios.csv");
    while (csv_next(&c)) {
        double band = csv_number(&c, "aa_band");
        int threads = (int)csv_number(&c, "threads");

        for (size_t i = 0; i < r->n_cells; i++)
            if (r->cells[i].threads == threads)
                r->cells[i].aa_band = isnan(band) ? INFINITY : band;
    }
}

void recorded_read(struct recorded *r, const char *folder)
{
    char path[LINE];
    json_error_t error;

    *r = (struct recorded){.folder = folder};
    snprintf(path, sizeof path, "%s/meta.json", folder);
    r->meta = json_load_file(path, 0, &error);
    if (r->meta == NULL)
        bench_fail("cannot read '%s': %s", path, error.text);
    read_order(r);
    read_trials(r);
    read_bands(r);
}

void recorded_free(struct recorded *r)
{
    for (size_t i = 0; i < r->n_cells; i++) {
        free(r->cells[i].ns);
        free(r->cells[i].disturbed);
    }
    free(r->cells);
    json_decref(r->meta);
}

const char *recorded_meta(const struct recorded *r, const char *path)
{
    static char text[8][256];
    static int next;
    const json_t *at = r->meta;
    char key[256], *rest = key, *out = text[next++ % 8];

    snprintf(key, sizeof key, "%s", path);
    while (rest != NULL)
        at = json_object_get(at, strsep(&rest, "."));
    if (json_is_string(at))
        snprintf(out, 256, "%s", json_string_value(at));
    else if (json_is_integer(at))
        snprintf(out, 256, "%lld", (long long)json_integer_value(at));
    else if (json_is_boolean(at))
        snprintf(out, 256, "%s", json_is_true(at) ? "yes" : "no");
    else
        snprintf(out, 256, "?");
    return out;
}

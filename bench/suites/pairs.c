/* SPDX-License-Identifier: MIT
 *
 * pairs.c - the statistics of the suite `commands`
 *
 *     bench-pairs OUT BLOCKS COMMIT NAME COMMAND NAME COMMAND
 *
 * commands.sh ran two commands in blocks ABBA, BAAB, ABBA, ... and kept what
 * hyperfine wrote as OUT/raw/BLOCK-POSITION.json. Each block gives two pairs
 * of A and B, neighbours in time, and a pair of A with itself: that is the
 * A/A row. This program writes trials.csv, summary.csv, ratios.csv and
 * meta.json to OUT and a report to standard output.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compare.h"
#include "fail.h"
#include "machine.h"
#include "output.h"

/* The A/A rows have a pair a block: with fewer there is no interval. */
#define LEAST_BLOCKS 7
#define CONTESTS 3 /* B against A, A against itself, B against itself */

struct run {
    const char *out, *commit;
    size_t blocks;
    const char *name[2], *command[2];
    double *seconds; /* [block * 4 + position] */
};

/* Which command ran there: 0 for A, 1 for B. */
static int who(size_t block, size_t position)
{
    int inner = position == 1 || position == 2;

    return block % 2 == 0 ? inner : !inner;
}

static double read_seconds(const struct run *r, size_t block, size_t position)
{
    char path[4096];
    json_error_t error;
    json_t *file;
    double seconds;

    snprintf(path, sizeof path, "%s/raw/%zu-%zu.json", r->out, block, position);
    file = json_load_file(path, 0, &error);
    if (file == NULL)
        bench_fail("cannot read '%s': %s", path, error.text);
    seconds = json_real_value(json_object_get(
        json_array_get(json_object_get(file, "results"), 0), "median"));
    json_decref(file);
    if (!(seconds > 0))
        bench_fail("'%s': as short as the shell itself, no time", path);
    return seconds;
}

static void write_trials(const struct run *r)
{
    FILE *f = bench_create(r->out, "trials.csv");

    fputs("suite,block,position,command,seconds\n", f);
    for (size_t i = 0; i < 4 * r->blocks; i++)
        fprintf(f, "commands,%zu,%zu,%s,%.9g\n", i / 4, i % 4,
                r->name[who(i / 4, i % 4)], r->seconds[i]);
    bench_close(f, "trials.csv");
}

/* The times of one command, sorted; there are 2 a block. */
static double *times_of(const struct run *r, int command)
{
    double *times = bench_alloc(2 * r->blocks, sizeof *times);
    size_t n = 0;

    for (size_t i = 0; i < 4 * r->blocks; i++)
        if (who(i / 4, i % 4) == command)
            times[n++] = r->seconds[i];
    bench_sort(times, n);
    return times;
}

static void write_summary(const struct run *r)
{
    FILE *f = bench_create(r->out, "summary.csv");

    fputs("suite,command,n,seconds,seconds_low,seconds_high\n", f);
    printf("%-24s %10s %10s %10s %6s\n", "command", "seconds", "low", "high",
           "runs");
    for (int c = 0; c < 2; c++) {
        size_t n = 2 * r->blocks;
        double *times = times_of(r, c), median = bench_median(times, n);
        struct bench_interval i = bench_median_interval(times, n, BENCH_ALPHA);

        fprintf(f, "commands,%s,%zu,%.6g,%.6g,%.6g\n", r->name[c], n, median,
                i.low, i.high);
        printf("%-24s %10.4f %10.4f %10.4f %6zu\n", r->name[c], median, i.low,
               i.high, n);
        free(times);
    }
    bench_close(f, "summary.csv");
}

/* A pair of the block: the times at positions `at` and `against`. */
static struct bench_pair pair(const struct run *r, size_t block, size_t at,
                              size_t against)
{
    const double *t = &r->seconds[4 * block];

    return (struct bench_pair){t[at], t[against], false};
}

/* B against A: the first two and the last two of each block. */
static struct bench_comparison b_against_a(const struct run *r, double band)
{
    struct bench_pair *pairs = bench_alloc(2 * r->blocks, sizeof *pairs);
    struct bench_comparison c;

    for (size_t i = 0; i < r->blocks; i++) {
        size_t b = who(i, 0) == 1 ? 0 : 1;

        pairs[2 * i] = pair(r, i, b, 1 - b);
        pairs[2 * i + 1] = pair(r, i, 3 - b, 2 + b);
    }
    c = bench_compare(pairs, 2 * r->blocks, BENCH_ALPHA / CONTESTS, band);
    free(pairs);
    return c;
}

/* A command against itself: its later run in each block against the other. */
static struct bench_comparison against_itself(const struct run *r, int command)
{
    struct bench_pair *pairs = bench_alloc(r->blocks, sizeof *pairs);
    struct bench_comparison c;

    for (size_t i = 0; i < r->blocks; i++)
        pairs[i] = who(i, 0) == command ? pair(r, i, 3, 0) : pair(r, i, 2, 1);
    c = bench_compare(pairs, r->blocks, BENCH_ALPHA / CONTESTS, 1);
    free(pairs);
    return c;
}

static void write_ratio(FILE *f, const char *name, const char *reference,
                        const struct bench_comparison *c, double band)
{
    fprintf(f, "commands,%s,%s,%d,%zu,%.6g,%.6g,%.6g,%.6g,%.6g,%s\n", name,
            reference, name == reference, c->pairs, c->all.median,
            c->all.interval.low, c->all.interval.high,
            1 - BENCH_ALPHA / CONTESTS, band, bench_verdict_text(c->verdict));
    printf("%-24s %-24s %8.3f %8.3f %8.3f  %s\n", name, reference,
           c->all.median, c->all.interval.low, c->all.interval.high,
           bench_verdict_text(c->verdict));
}

static void write_ratios(const struct run *r)
{
    struct bench_comparison a = against_itself(r, 0), b = against_itself(r, 1);
    double band = fmax(bench_band(&a), bench_band(&b));
    struct bench_comparison ba = b_against_a(r, band);
    FILE *f = bench_create(r->out, "ratios.csv");

    fputs("suite,command,reference,aa,pairs,speed_ratio,low,high,confidence,"
          "aa_band,verdict\n",
          f);
    printf("\n%-24s %-24s %8s %8s %8s  verdict\n", "command", "against",
           "speed x", "low", "high");
    write_ratio(f, r->name[0], r->name[0], &a, band);
    write_ratio(f, r->name[1], r->name[1], &b, band);
    write_ratio(f, r->name[1], r->name[0], &ba, band);
    bench_close(f, "ratios.csv");
}

static void write_meta(const struct run *r)
{
    struct bench_cpus cpus;
    json_t *meta = json_object();
    FILE *f = bench_create(r->out, "meta.json");

    bench_cpus_read(&cpus);
    json_object_set_new(meta, "suite", json_string("commands"));
    json_object_set_new(meta, "finished", bench_utc_now());
    json_object_set_new(meta, "commit", json_string(r->commit));
    json_object_set_new(meta, "machine", bench_machine(&cpus));
    json_object_set_new(meta, "blocks", json_integer((json_int_t)r->blocks));
    json_object_set_new(meta, "commands",
                        json_pack("{s:s, s:s}", r->name[0], r->command[0],
                                  r->name[1], r->command[1]));
    if (json_dumpf(meta, f, JSON_INDENT(4)) != 0)
        bench_fail("cannot write meta.json");
    fputc('\n', f);
    bench_close(f, "meta.json");
    json_decref(meta);
}

int main(int argc, char **argv)
{
    struct run r;

    if (argc != 8)
        bench_fail("usage: bench-pairs OUT BLOCKS COMMIT NAME COMMAND NAME "
                   "COMMAND");
    r = (struct run){.out = argv[1],
                     .commit = argv[3],
                     .blocks = strtoul(argv[2], NULL, 10),
                     .name = {argv[4], argv[6]},
                     .command = {argv[5], argv[7]}};
    if (r.blocks < LEAST_BLOCKS)
        bench_fail("at least %d blocks are needed", LEAST_BLOCKS);
    r.seconds = bench_alloc(4 * r.blocks, sizeof *r.seconds);
    for (size_t i = 0; i < 4 * r.blocks; i++)
        r.seconds[i] = read_seconds(&r, i / 4, i % 4);
    write_trials(&r);
    write_summary(&r);
    write_ratios(&r);
    write_meta(&r);
    printf("\nResults are in %s\n", r.out);
    free(r.seconds);
    return 0;
}

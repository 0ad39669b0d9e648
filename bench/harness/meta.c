/* SPDX-License-Identifier: MIT
 *
 * meta.c - meta.json: what was run, where, and how
 *
 * What the machine does not tell is written as null, not left out.
 */
#include <glob.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>

#include "compare.h"
#include "fail.h"
#include "output.h"
#include "waits.h"

#define CLOCK_SOURCE \
    "/sys/devices/system/clocksource/clocksource0/current_clocksource"
#define GOVERNOR "/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"
#define RANDOMISATION "/proc/sys/kernel/randomize_va_space"

/* The first line of a file, without its end. Returns NULL if there is none. */
static char *first_line(const char *path, char *line, int size)
{
    FILE *f = fopen(path, "r");
    char *found;

    if (f == NULL)
        return NULL;
    found = fgets(line, size, f);
    fclose(f);
    if (found != NULL)
        line[strcspn(line, "\n")] = '\0';
    return found;
}

static json_t *line_of(const char *path)
{
    char line[256];

    return first_line(path, line, sizeof line) ? json_string(line)
                                               : json_null();
}

static json_t *cpu_model(void)
{
    FILE *f = fopen("/proc/cpuinfo", "r");
    json_t *model = NULL;
    char line[512];

    while (f != NULL && model == NULL && fgets(line, sizeof line, f)) {
        char *colon = strchr(line, ':');

        line[strcspn(line, "\n")] = '\0';
        if (strncmp(line, "model name", 10) == 0 && colon != NULL)
            model = json_string(colon + 2);
    }
    if (f != NULL)
        fclose(f);
    return model != NULL ? model : json_null();
}

/* "L1 Data 48K, shared by CPUs 0": a text for each cache of the first CPU. */
static json_t *caches(int cpu)
{
    json_t *list = json_array();
    char pattern[128];
    glob_t found;

    snprintf(pattern, sizeof pattern,
             "/sys/devices/system/cpu/cpu%d/cache/index*", cpu);
    if (glob(pattern, 0, NULL, &found) != 0)
        return list;
    for (size_t i = 0; i < found.gl_pathc; i++) {
        const char *parts[] = {"level", "type", "size", "shared_cpu_list"};
        char text[4][64] = {"?", "?", "?", "?"};

        for (int k = 0; k < 4; k++) {
            char path[256];

            snprintf(path, sizeof path, "%s/%s", found.gl_pathv[i], parts[k]);
            first_line(path, text[k], sizeof text[k]);
        }
        json_array_append_new(list,
                              json_sprintf("L%s %s %s, shared by CPUs %s",
                                           text[0], text[1], text[2], text[3]));
    }
    globfree(&found);
    return list;
}

static json_t *cpus_of(const struct bench_plan *p)
{
    json_t *list = json_array();

    for (int i = 0; i < p->cpus.count; i++)
        json_array_append_new(list, json_integer(p->cpus.id[i]));
    return list;
}

static json_t *machine(const struct bench_plan *p)
{
    json_t *m = json_object();
    struct utsname u;

    if (uname(&u) != 0)
        bench_fail("the kernel does not tell its name");
    json_object_set_new(m, "host", json_string(u.nodename));
    json_object_set_new(m, "kernel", json_string(u.release));
    json_object_set_new(m, "architecture", json_string(u.machine));
    json_object_set_new(m, "cpu_model", cpu_model());
    json_object_set_new(m, "cpu_count", json_integer(p->cpus.count));
    json_object_set_new(m, "cpus_used", cpus_of(p));
    json_object_set_new(m, "caches", caches(p->cpus.id[0]));
    json_object_set_new(m, "clock_source", line_of(CLOCK_SOURCE));
    json_object_set_new(m, "governor", line_of(GOVERNOR));
    json_object_set_new(m, "address_randomisation", line_of(RANDOMISATION));
    json_object_set_new(m, "run_queue_wait_known",
                        json_boolean(bench_waits_known()));
    return m;
}

static json_t *method(const struct bench_plan *p, const struct bench_results *r)
{
    return json_pack(
        "{s:b, s:b, s:I, s:i, s:i, s:I, s:f, s:f, s:f, s:i, s:s, s:s}", "quick",
        p->options.quick, "aa", p->options.aa, "seed",
        (json_int_t)p->options.seed, "process_count", p->processes,
        "trials_per_row", p->rounds, "batch_updates", (json_int_t)r->batch,
        "trial_warm_ms", (double)p->warm_ns / 1e6, "trial_ms",
        (double)p->measure_ns / 1e6, "latency_trial_ms",
        (double)p->latency_ns / 1e6, "latency_one_in", BENCH_SAMPLE_EVERY,
        "interval", "95 % order-statistic interval of the median",
        "ratio_interval",
        "sign-test interval of the paired log-ratios, Bonferroni in a table");
}

static json_t *processes(const struct bench_plan *p,
                         const struct bench_results *r)
{
    json_t *list = json_array();

    for (int i = 0; i < p->processes; i++)
        json_array_append_new(
            list, json_pack("{s:i, s:f, s:b}", "environment_padding_bytes",
                            r->env_bytes[i], "warm_up_ms", r->warmth[i].ms,
                            "steady", r->warmth[i].steady));
    return list;
}

static json_t *designs(const struct bench_plan *p)
{
    json_t *all = json_object();

    for (int i = 0; i < p->n_rows; i++)
        json_object_set_new(all, p->rows[i].name,
                            json_string(p->rows[i].design->what));
    return all;
}

/* Which of the trials were disturbed, and what the host admits. */
static json_t *disturbance(const struct bench_results *r)
{
    json_int_t disturbed = 0, ticks = 0;

    for (size_t i = 0; i < r->n_records; i++) {
        disturbed += r->records[i].disturbed;
        ticks += (json_int_t)r->records[i].trial.steal_ticks;
    }
    return json_pack("{s:I, s:I, s:I, s:o}", "trials", (json_int_t)r->n_records,
                     "disturbed", disturbed, "steal_ticks", ticks,
                     "load_average_at_end", line_of("/proc/loadavg"));
}

static json_t *utc_now(void)
{
    time_t now = time(NULL);
    struct tm tm;
    char text[32];

    gmtime_r(&now, &tm);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm);
    return json_string(text);
}

void bench_write_meta(const struct bench_plan *p, const struct bench_results *r)
{
    json_t *meta = json_pack(
        "{s:s, s:o, s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o}", "suite",
        p->suite->name, "finished", utc_now(), "commit", p->options.commit,
        "compiler", BENCH_COMPILER, "flags", BENCH_FLAGS, "machine", machine(p),
        "method", method(p, r), "designs", designs(p), "processes",
        processes(p, r), "disturbance", disturbance(r));
    FILE *f = bench_create(p->options.out, "meta.json");

    if (meta == NULL || json_dumpf(meta, f, JSON_INDENT(4)) != 0)
        bench_fail("cannot write meta.json");
    fputc('\n', f);
    bench_close(f, "meta.json");
    json_decref(meta);
}

/* SPDX-License-Identifier: MIT
 *
 * machine.c - see machine.h
 */
#include "machine.h"

#include <glob.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "fail.h"
#include "waits.h"

#define CLOCK_SOURCE \
    "/sys/devices/system/clocksource/clocksource0/current_clocksource"
#define LINE_BYTES \
    "/sys/devices/system/cpu/cpu0/cache/index0/coherency_line_size"
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

json_t *bench_line_of(const char *path)
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

static json_t *cpus_of(const struct bench_cpus *cpus)
{
    json_t *list = json_array();

    for (int i = 0; i < cpus->count; i++)
        json_array_append_new(list, json_integer(cpus->id[i]));
    return list;
}

/* What the kernel says; where it says nothing, what the C library knows. */
static json_t *cache_line(void)
{
    json_t *said = bench_line_of(LINE_BYTES);
    long known = sysconf(_SC_LEVEL1_DCACHE_LINESIZE);

    return json_is_null(said) && known > 0 ? json_sprintf("%ld", known) : said;
}

json_t *bench_machine(const struct bench_cpus *cpus)
{
    json_t *m = json_object();
    struct utsname u;

    if (uname(&u) != 0)
        bench_fail("the kernel does not tell its name");
    json_object_set_new(m, "host", json_string(u.nodename));
    json_object_set_new(m, "kernel", json_string(u.release));
    json_object_set_new(m, "architecture", json_string(u.machine));
    json_object_set_new(m, "cpu_model", cpu_model());
    json_object_set_new(m, "cpu_count", json_integer(cpus->count));
    json_object_set_new(m, "cpus_used", cpus_of(cpus));
    json_object_set_new(m, "caches", caches(cpus->id[0]));
    json_object_set_new(m, "cache_line_bytes", cache_line());
    json_object_set_new(m, "clock_source", bench_line_of(CLOCK_SOURCE));
    json_object_set_new(m, "governor", bench_line_of(GOVERNOR));
    json_object_set_new(m, "address_randomisation",
                        bench_line_of(RANDOMISATION));
    json_object_set_new(m, "run_queue_wait_known",
                        json_boolean(bench_waits_known()));
    return m;
}

json_t *bench_utc_now(void)
{
    time_t now = time(NULL);
    struct tm tm;
    char text[32];

    gmtime_r(&now, &tm);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm);
    return json_string(text);
}

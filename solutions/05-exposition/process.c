/* SPDX-License-Identifier: MIT
 *
 * process.c - what the operating system knows of this process
 *
 * Given: read it once, you need not change it. The numbers stand in files of
 * proc(5): /proc/self/stat has the times in clock ticks, /proc/self/statm the
 * memory in pages, /proc/self/fd an entry for each open descriptor.
 */
#include "met/exposition.h"

#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Number n of /proc/self/stat, as proc(5) counts them, or NaN. The name of the
 * program is number 2 and may hold spaces and brackets: counting begins after
 * the last bracket. */
static double stat_number(int n)
{
    char line[1024];
    FILE *f = fopen("/proc/self/stat", "r");
    char *p = f && fgets(line, sizeof line, f) ? strrchr(line, ')') : NULL;
    double v = NAN;

    for (int i = 2; p && i < n; i++)
        p = strchr(p + 1, ' ');
    if (p)
        sscanf(p, "%lf", &v);
    if (f)
        fclose(f);
    return v;
}

static double cpu_seconds(void *ctx)
{
    (void)ctx;
    return (stat_number(14) + stat_number(15)) / (double)sysconf(_SC_CLK_TCK);
}

static double resident_bytes(void *ctx)
{
    FILE *f = fopen("/proc/self/statm", "r");
    double pages = NAN;

    (void)ctx;
    if (f && fscanf(f, "%*s %lf", &pages) != 1)
        pages = NAN;
    if (f)
        fclose(f);
    return pages * (double)sysconf(_SC_PAGESIZE);
}

/* Since Linux 6.2 the size of the folder is the number of its entries; before,
 * it is 0. To read them all makes a page slow when there are many. */
static double open_fds(void *ctx)
{
    struct stat folder;

    (void)ctx;
    if (stat("/proc/self/fd", &folder) == 0 && folder.st_size > 0)
        return (double)folder.st_size;
    DIR *d = opendir("/proc/self/fd");
    double n = d ? 0 : NAN;
    while (d && readdir(d))
        n++;
    if (!d)
        return n;
    closedir(d);
    return n - 3; /* ".", ".." and the folder itself */
}

/* The start is counted from when the machine was started (btime). */
static double start_seconds(void *ctx)
{
    char line[256];
    FILE *f = fopen("/proc/stat", "r");
    double boot = NAN;

    (void)ctx;
    while (f && isnan(boot) && fgets(line, sizeof line, f))
        sscanf(line, "btime %lf", &boot);
    if (f)
        fclose(f);
    return boot + stat_number(22) / (double)sysconf(_SC_CLK_TCK);
}

int met_process_register(struct met_registry *r)
{
    static const struct {
        enum met_type type;
        const char *name, *help;
        met_read_fn *read;
    } all[] = {
        {MET_COUNTER, "process_cpu_seconds_total",
         "Seconds of processor time, of user and system.", cpu_seconds},
        {MET_GAUGE, "process_resident_memory_bytes",
         "Bytes of memory that are resident.", resident_bytes},
        {MET_GAUGE, "process_open_fds", "Open file descriptors.", open_fds},
        {MET_GAUGE, "process_start_time_seconds",
         "Unix time of the start, in seconds.", start_seconds},
    };

    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        int err = met_registry_callback(r, all[i].type, all[i].name,
                                        all[i].help, all[i].read, NULL);
        if (err < 0)
            return err;
    }
    return 0;
}

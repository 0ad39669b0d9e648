/* SPDX-License-Identifier: MIT
 *
 * explore.c - run the schedule explorer on a submission
 */
#include "explore.h"

#include "process.h"
#include "report.h"
#include "support/box.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* How an explorer ends that gave no verdict: a wrong argument. With 0 all
 * scenarios passed, with 1 one is wrong, with 3 one was too large to decide. */
enum { WRONG_ARGUMENT = 2, SOME_OPEN = 3 };

/* The explorer bounds its own search; this ends one that does not. As for the
 * compiler: the processor's time decides, and the other limit is far away. */
enum {
    EXPLORE_CPU_SECONDS = 20,
    EXPLORE_MS = 120000,
    RESULT_BYTES = 8 << 20,
    FD_RESULTS = 3
};

static void limit(int what, rlim_t n)
{
    if (setrlimit(what, &(struct rlimit){n, n}) != 0)
        _exit(127);
}

/* The sources, where the program's own line table says that they are. */
static void add_sources(struct box *b, const struct intake *in)
{
    static char path[LAB_FILES][160];

    for (size_t i = 0; i < in->count; i++) {
        const struct taken_file *f = &in->files[i];
        int fd = f->bytes ? process_file("source") : -1;
        if (fd < 0 || write(fd, f->bytes, f->size) != (ssize_t)f->size)
            continue;
        lseek(fd, 0, SEEK_SET);
        snprintf(path[i], sizeof path[i], "/src/%s", f->name);
        box_file(b, fd, path[i], 0444);
    }
}

static _Noreturn void become_explorer(const struct compilation *c,
                                      const struct intake *in, int results,
                                      char *argv[], bool text)
{
    int program = fcntl(c->object, F_DUPFD, 20);
    int r = fcntl(results, F_DUPFD, 20), null = open("/dev/null", O_RDWR);

    setpgid(0, 0);
    signal(SIGPIPE, SIG_DFL);
    if (dup2(null, 0) < 0 || (!text && (dup2(null, 1) < 0)) ||
        (!text && dup2(null, 2) < 0) || dup2(r, FD_RESULTS) < 0)
        _exit(127);
    close_range(4, 19, 0);
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_CPU, EXPLORE_CPU_SECONDS);
    limit(RLIMIT_FSIZE, RESULT_BYTES);
    lseek(program, 0, SEEK_SET);
    if (c->boxed) {
        struct box b;
        box_start(&b);
        box_file(&b, program, "/explorer", 0555);
        add_sources(&b, in);
        box_environment(&b, "PATH", "/usr/bin");
        box_exec(&b, argv);
    }
    box_drop_root();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    fexecve(program, argv, (char *[]){"PATH=/usr/bin", NULL});
    _exit(127);
}

static void fill_argv(char *argv[], const char *scenario, const char *token,
                      const char *again)
{
    int n = 0;

    argv[n++] = "/explorer";
    argv[n++] = "--json";
    argv[n++] = "3";
    argv[n++] = (char *)(again ? "--again" : "--quiet");
    if (again)
        argv[n++] = (char *)again;
    if (report_plain())
        argv[n++] = "--spoken";
    if (token) {
        argv[n++] = "--replay";
        argv[n++] = (char *)token;
    }
    if (scenario)
        argv[n++] = (char *)scenario;
    argv[n] = NULL;
}

static bool has_verdict(int status)
{
    return status != -1 && WIFEXITED(status) &&
           (WEXITSTATUS(status) <= 1 || WEXITSTATUS(status) == SOME_OPEN);
}

/* One JSON object a line, from the start of the file, which is closed. */
static json_t *read_lines(int fd)
{
    json_t *all = json_array(), *line;
    FILE *f = fdopen(fd, "r");

    rewind(f);
    while ((line = json_loadf(f, JSON_DISABLE_EOF_CHECK, NULL)))
        json_array_append_new(all, line);
    fclose(f);
    return all;
}

void explore_run(struct exploration *x, const struct compilation *c,
                 const struct intake *in, const char *scenario,
                 const char *token, const char *again)
{
    char *argv[12];
    bool late = false;
    int results = process_file("results"), status = -1;
    int64_t start = process_clock_ms();
    pid_t pid;

    *x = (struct exploration){0};
    fill_argv(argv, scenario, token, again);
    fflush(stdout);
    pid = results < 0 ? -1 : fork();
    if (pid == 0)
        become_explorer(c, in, results, argv, again != NULL);
    if (pid > 0)
        status = process_wait(pid, start + EXPLORE_MS, &late);
    x->scenarios = results < 0 ? json_array() : read_lines(results);
    x->seconds = (double)(process_clock_ms() - start) / 1000;
    if (late || !has_verdict(status))
        snprintf(x->problem, sizeof x->problem,
                 again && WIFEXITED(status) &&
                         WEXITSTATUS(status) == WRONG_ARGUMENT
                     ? "SCENARIO= or TOKEN= is not right"
                 : late ? "the exploration did not end within %d seconds"
                        : "the explorer ended without a verdict",
                 EXPLORE_MS / 1000);
}

static const char *verdict_of(const json_t *scenario)
{
    const char *v = json_string_value(json_object_get(scenario, "verdict"));

    return v ? v : "";
}

/* Is `name` one of the words of `names`? */
static bool is_named(const char *names, const char *name)
{
    size_t n = strlen(name);

    for (const char *p = names; p && (p = strstr(p, name)); p += n)
        if ((p == names || p[-1] == ' ') && (p[n] == '\0' || p[n] == ' '))
            return true;
    return names == NULL;
}

const json_t *explore_against(const struct exploration *x, const char *names)
{
    size_t i;
    json_t *s;

    json_array_foreach(x->scenarios, i, s)
    {
        const char *name = json_string_value(json_object_get(s, "scenario"));
        const char *v = verdict_of(s);
        if (name && is_named(names, name) && strcmp(v, "passed") != 0 &&
            strcmp(v, "inconclusive") != 0)
            return s;
    }
    return NULL;
}

const json_t *explore_undecided(const struct exploration *x)
{
    size_t i;
    json_t *s;

    json_array_foreach(x->scenarios, i, s)
    {
        if (strcmp(verdict_of(s), "inconclusive") == 0)
            return s;
    }
    return NULL;
}

void explore_free(struct exploration *x)
{
    json_decref(x->scenarios);
    x->scenarios = NULL;
}

/* SPDX-License-Identifier: MIT
 *
 * run.c - starts this program again for each process, and listens to it
 */
#include "run.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "fail.h"
#include "rng.h"

#define PADDING "BENCH_PADDING"
#define MOST_PADDING 4096

static void pad_environment(int bytes)
{
    char text[MOST_PADDING + 1];

    memset(text, 'x', sizeof text);
    text[bytes] = '\0';
    if (setenv(PADDING, text, 1) != 0)
        bench_fail("cannot pad the environment: %s", strerror(errno));
}

/* In the child: our own command line, with what makes it a worker. */
static _Noreturn void become_worker(int argc, char **argv, int process,
                                    const struct bench_results *r,
                                    uint64_t seed)
{
    char **args = bench_alloc((size_t)argc + 7, sizeof *args);
    char numbers[3][32];

    memcpy(args, argv, (size_t)argc * sizeof *args);
    snprintf(numbers[0], sizeof numbers[0], "%d", process);
    snprintf(numbers[1], sizeof numbers[1], "%" PRIu64, r->batch);
    snprintf(numbers[2], sizeof numbers[2], "%" PRIu64, seed);
    args[argc] = "--process";
    args[argc + 1] = numbers[0];
    args[argc + 2] = "--batch";
    args[argc + 3] = numbers[1];
    args[argc + 4] = "--seed";
    args[argc + 5] = numbers[2];
    pad_environment(r->env_bytes[process]);
    execv("/proc/self/exe", args);
    bench_fail("cannot start a process: %s", strerror(errno));
}

static FILE *start(int argc, char **argv, int process,
                   const struct bench_results *r, uint64_t seed, pid_t *pid)
{
    int ends[2];

    fflush(NULL);
    if (pipe(ends) != 0 || (*pid = fork()) < 0)
        bench_fail("cannot start a process: %s", strerror(errno));
    if (*pid == 0) {
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        become_worker(argc, argv, process, r, seed);
    }
    close(ends[1]);
    return fdopen(ends[0], "r");
}

static void check_end(pid_t pid, int process, const char *last)
{
    int status;

    if (waitpid(pid, &status, 0) != pid)
        bench_fail("lost sight of process %d", process);
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)
        bench_fail("process %d hung: '%s'", process, last);
    if (WIFSIGNALED(status))
        bench_fail("process %d died of '%s': '%s'", process,
                   strsignal(WTERMSIG(status)), last);
    if (WEXITSTATUS(status) != 0)
        exit(2); /* it has said why */
}

static void one_process(const struct bench_plan *p, struct bench_results *r,
                        int process, int argc, char **argv)
{
    char line[512], last[128] = "before its first trial";
    pid_t pid;
    FILE *in = start(argc, argv, process, r, p->options.seed, &pid);

    while (in != NULL && fgets(line, sizeof line, in) != NULL) {
        line[strcspn(line, "\n")] = '\0';
        if (bench_results_line(p, r, process, line) < 0) {
            kill(pid, SIGKILL);
            bench_fail("process %d said '%s'", process, line);
        }
        if (strncmp(line, "begin ", 6) == 0)
            snprintf(last, sizeof last, "%.100s thread(s)", line + 6);
    }
    if (in != NULL)
        fclose(in);
    check_end(pid, process, last);
}

struct bench_results *bench_run(const struct bench_plan *p, int argc,
                                char **argv)
{
    struct bench_results *r = bench_results_new(p);
    struct bench_rng rng = {p->options.seed};
    int floor_row = bench_plan_row(p, p->suite->floor);

    r->batch = bench_calibrate(p->rows[floor_row].design);
    for (int i = 0; i < p->processes; i++) {
        r->env_bytes[i] = (int)bench_rng_below(&rng, MOST_PADDING);
        fprintf(stderr, "process %d of %d\n", i + 1, p->processes);
        one_process(p, r, i, argc, argv);
    }
    return r;
}

/* SPDX-License-Identifier: MIT
 *
 * engine.c - who does the gradings: GNU parallel here, or Slurm on many
 * machines
 */
#include "engine.h"

#include "folder.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { ATTEMPTS = 2, POLL_MS = 200, ARRAY = 1000, ARGUMENTS = 32 };

/* More than `grade lab` allows itself; only a grader that hangs needs it. */
#define TASK_SECONDS "3600"

static bool fail(struct engine *e, const char *what, const char *why)
{
    if (!*e->problem)
        snprintf(e->problem, sizeof e->problem, "%.400s: %.400s", what, why);
    return false;
}

static void put_quoted(FILE *f, const char *text)
{
    fputc('\'', f);
    for (; *text; text++)
        if (*text == '\'')
            fputs("'\\''", f);
        else
            fputc(*text, f);
    fputc('\'', f);
}

static bool write_command(struct engine *e)
{
    struct folder_file w;
    FILE *f = folder_write(&w, "%s/command.sh", e->work);

    if (!f)
        return fail(e, e->work, strerror(errno));
    fputs("#!/bin/sh\n# One grading: command.sh KEY LAB\nwork=", f);
    put_quoted(f, e->work);
    fputs("\nexec ", f);
    put_quoted(f, e->grader);
    fprintf(
        f,
        " lab \"$work/$1\" --lab \"$2\" --cc %s%s --quiet --name submission "
        "--repeat 'make grade' --json \"$work/$1.json\" "
        "2>\"$work/$1.err\"\n",
        e->cc, e->backfill ? " --backfill" : "");
    return folder_finish(&w) || fail(e, e->work, strerror(errno));
}

/* The tasks that are not done yet, a line each. Returns how many, or -1. */
static long write_tasks(struct engine *e, size_t most)
{
    struct folder_file w;
    long n = 0;
    FILE *f = folder_write(&w, "%s/tasks", e->work);

    if (!f)
        return fail(e, e->work, strerror(errno)), -1;
    for (size_t i = 0; i < e->count && n < (long)most; i++)
        if (!e->tasks[i].done) {
            fprintf(f, "%s %s\n", e->tasks[i].key, e->tasks[i].lab);
            n++;
        }
    if (folder_finish(&w))
        return n;
    return fail(e, e->work, strerror(errno)), -1;
}

static size_t undone(const struct engine *e)
{
    size_t n = 0;

    for (size_t i = 0; i < e->count; i++)
        n += !e->tasks[i].done;
    return n;
}

/* ---- processes ---- */

/* Starts a program whose output goes to a file of the work folder. It is
 * killed when this process ends in any way. */
static pid_t start(struct engine *e, const char *log, const char *const argv[])
{
    char path[4096];
    pid_t parent = getpid();

    if (!folder_path(path, "%s/%s", e->work, log))
        return -1;
    fflush(NULL);
    pid_t pid = fork();
    if (pid != 0)
        return pid;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(127);
    int to = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    int from = open("/dev/null", O_RDONLY);
    dup2(from, 0);
    dup2(to, 1);
    dup2(to, 2);
    setenv("PARALLEL_HOME", e->work, 1);
    execvp(argv[0], (char **)argv);
    dprintf(2, "%s: %s\n", argv[0], strerror(errno));
    _exit(127);
}

static void last_line(struct engine *e, const char *log, char line[256])
{
    char path[4096];
    size_t size = 0;

    *line = '\0';
    folder_path(path, "%s/%s", e->work, log);
    char *text = folder_read(path, &size);
    while (text && size && text[size - 1] == '\n')
        text[--size] = '\0';
    char *last = text ? strrchr(text, '\n') : NULL;
    if (text)
        snprintf(line, 256, "%s", last ? last + 1 : text);
    free(text);
}

/* ---- GNU parallel ---- */

/* Its processes live in namespaces of their own, which end with them: when the
 * class is killed, no grading goes on behind its back. */
static size_t put_namespaces(const struct engine *e,
                             const char *argv[ARGUMENTS])
{
    static const char *const words[] = {
        "unshare",       "-m",     "-p", "-f", "--kill-child", "--mount-proc",
        "--propagation", "private"};
    static const char *const mapped[] = {"-U", "--map-current-user",
                                         "--keep-caps"};
    size_t n = 0;

    for (; n < sizeof words / sizeof *words; n++)
        argv[n] = words[n];
    for (size_t i = 0; geteuid() != 0 && i < sizeof mapped / sizeof *mapped;)
        argv[n++] = mapped[i++];
    argv[n++] = "--";
    argv[n++] = "sh";
    argv[n++] = e->apart;
    return n;
}

static bool wait_and_collect(struct engine *e, pid_t pid, int *status)
{
    while (waitpid(pid, status, WNOHANG) == 0) {
        if (!e->collect(e->arg)) {
            kill(pid, SIGKILL);
            waitpid(pid, status, 0);
            return false;
        }
        poll(NULL, 0, POLL_MS);
    }
    return e->collect(e->arg);
}

static bool run_parallel(struct engine *e)
{
    const char *argv[ARGUMENTS];
    char tasks[4200], command[4200], jobs[24], line[256];
    int status = 0;

    snprintf(tasks, sizeof tasks, "%s/tasks", e->work);
    snprintf(command, sizeof command, "%s/command.sh", e->work);
    snprintf(jobs, sizeof jobs, "-j%ld",
             e->jobs ? (long)e->jobs : sysconf(_SC_NPROCESSORS_ONLN));
    size_t n = put_namespaces(e, argv);
    const char *const words[] = {
        "parallel",  "--will-cite", "--plain",  "--ungroup", "--quote", jobs,
        "--timeout", TASK_SECONDS,  "--colsep", " ",         "-a",      tasks,
        "sh",        command,       "{1}",      "{2}",       NULL};
    memcpy(&argv[n], words, sizeof words);
    pid_t pid = start(e, "parallel.log", argv);
    if (pid < 0)
        return fail(e, "parallel", strerror(errno));
    if (!wait_and_collect(e, pid, &status))
        return false;
    /* 1 to 101: so many gradings failed, which is seen by what is missing */
    if (WIFEXITED(status) && WEXITSTATUS(status) <= 101)
        return true;
    last_line(e, "parallel.log", line);
    return fail(e, "GNU parallel did not work", line);
}

bool engine_parallel(struct engine *e)
{
    if (!write_command(e))
        return false;
    for (int i = 0; i < ATTEMPTS && undone(e); i++)
        if (write_tasks(e, e->count) < 0 || !run_parallel(e))
            return false;
    return true;
}

/* ---- Slurm ---- */

/* Runs a program to its end; its output is the text. */
static bool ask(struct engine *e, const char *const argv[], char *text,
                size_t size)
{
    char path[4096];
    size_t got = 0;
    int status = 0;
    pid_t pid = start(e, "slurm.log", argv);

    if (pid < 0)
        return fail(e, argv[0], strerror(errno));
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        ;
    folder_path(path, "%s/slurm.log", e->work);
    char *said = folder_read(path, &got);
    snprintf(text, size, "%s", said ? said : "");
    free(said);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static bool write_batch(struct engine *e)
{
    struct folder_file w;
    FILE *f = folder_write(&w, "%s/batch.sh", e->work);

    if (!f)
        return fail(e, e->work, strerror(errno));
    fputs("#!/bin/sh\n#SBATCH --requeue\n#SBATCH --job-name=abacus\nwork=", f);
    put_quoted(f, e->work);
    fputs("\nset -- $(sed -n \"${SLURM_ARRAY_TASK_ID}p\" \"$work/tasks\")\n"
          "exec sh \"$work/command.sh\" \"$1\" \"$2\"\n",
          f);
    return folder_finish(&w) || fail(e, e->work, strerror(errno));
}

/* A job of a run that was killed still writes into the work folder. */
static void cancel_old(struct engine *e)
{
    char path[4096], text[256];
    size_t size;

    folder_path(path, "%s/slurm.job", e->work);
    char *job = folder_read(path, &size);
    if (job)
        ask(e, (const char *const[]){"scancel", "--quiet", job, NULL}, text,
            sizeof text);
    free(job);
    unlink(path);
}

static bool submit(struct engine *e, long tasks, char job[32])
{
    char array[48], batch[4200], text[512];
    struct folder_file w;

    snprintf(array, sizeof array, "--array=1-%ld", tasks);
    snprintf(batch, sizeof batch, "%s/batch.sh", e->work);
    if (!ask(e,
             (const char *const[]){"sbatch", "--parsable", array, "--output",
                                   "/dev/null", "--chdir", "/", batch, NULL},
             text, sizeof text))
        return fail(e, "sbatch", text);
    snprintf(job, 32, "%.*s", (int)strspn(text, "0123456789"), text);
    FILE *f = folder_write(&w, "%s/slurm.job", e->work);
    if (f)
        fputs(job, f);
    return f && folder_finish(&w);
}

/* Slurm lets a task that lost its node wait two minutes; ours need not. */
static void hurry(struct engine *e, const char *line)
{
    char id[64], update[80], text[256];

    if (!strstr(line, "BeginTime"))
        return;
    snprintf(id, sizeof id, "%.*s", (int)strcspn(line, " "), line);
    snprintf(update, sizeof update, "JobId=%s", id);
    ask(e,
        (const char *const[]){"scontrol", "update", update, "StartTime=now",
                              NULL},
        text, sizeof text);
}

/* Whether the job still has tasks that wait or run. */
static bool has_tasks(struct engine *e, const char *job)
{
    static char text[1 << 20];
    char *rest = text;

    if (!ask(e,
             (const char *const[]){"squeue", "--noheader", "--array", "--jobs",
                                   job, "--format=%i %T %r", NULL},
             text, sizeof text))
        return strstr(text, "Invalid job id") == NULL; /* or no answer yet */
    bool some = *text != '\0';
    for (char *line; (line = strtok_r(rest, "\n", &rest));)
        hurry(e, line);
    return some;
}

static bool run_array(struct engine *e)
{
    char job[32];
    long n = write_tasks(e, ARRAY);

    if (n < 0 || !submit(e, n, job))
        return false;
    while (has_tasks(e, job)) {
        if (!e->collect(e->arg))
            return false;
        poll(NULL, 0, 5 * POLL_MS);
    }
    return e->collect(e->arg);
}

bool engine_slurm(struct engine *e)
{
    size_t arrays = e->count / ARRAY + ATTEMPTS;

    cancel_old(e);
    if (!e->collect(e->arg) || !write_command(e) || !write_batch(e))
        return false;
    for (size_t i = 0; i < arrays && undone(e); i++)
        if (!run_array(e))
            return false;
    return true;
}

/* SPDX-License-Identifier: MIT
 *
 * peer.c - see peer.h
 */
#include "peer.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "clock.h"
#include "fail.h"
#include "waits.h"

#define MOST_PEERS 32

struct peer {
    const char *command;
    pid_t pid;
    FILE *to, *from;
};

static struct peer peers[MOST_PEERS];

/* ---- a process ---- */

static _Noreturn void become_peer(const char *command, const int in[2],
                                  const int out[2], pid_t parent)
{
    /* It must not outlive this process, however that ends. */
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(127);
    signal(SIGPIPE, SIG_DFL);
    dup2(in[0], STDIN_FILENO);
    dup2(out[1], STDOUT_FILENO);
    execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    _exit(127);
}

/* None is left behind when this process exits; see become_peer() for when it
 * is killed. */
static void end_peers(void)
{
    for (struct peer *p = peers; p < peers + MOST_PEERS; p++)
        if (p->pid > 0 && kill(p->pid, SIGKILL) == 0)
            waitpid(p->pid, NULL, 0);
}

static void start(struct peer *p, const char *command)
{
    int in[2], out[2]; /* the peer's */
    pid_t parent = getpid();

    signal(SIGPIPE, SIG_IGN); /* a dead peer is told by its answer */
    if (p == peers && atexit(end_peers) != 0)
        bench_fail("cannot see to the end of '%s'", command);
    fflush(NULL);
    if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0 ||
        (p->pid = fork()) < 0)
        bench_fail("cannot start '%s': %s", command, strerror(errno));
    if (p->pid == 0)
        become_peer(command, in, out, parent);
    close(in[0]);
    close(out[1]);
    p->to = fdopen(in[1], "w");
    p->from = fdopen(out[0], "r");
    if (p->to == NULL || p->from == NULL)
        bench_fail("cannot speak with '%s': %s", command, strerror(errno));
    p->command = command;
}

/* Its output has ended, so it has, or will. */
static _Noreturn void say_how_it_ended(struct peer *p,
                                       const struct bench_design *d)
{
    pid_t pid = p->pid;
    int status;

    p->pid = 0; /* the number may soon be another process */
    if (waitpid(pid, &status, 0) != pid)
        bench_fail("the peer of '%s' is gone", d->name);
    if (WIFSIGNALED(status))
        bench_fail("the peer of '%s' died of '%s'", d->name,
                   strsignal(WTERMSIG(status)));
    bench_fail("the peer of '%s' ended, with status %d", d->name,
               WEXITSTATUS(status));
}

static void read_line(struct peer *p, const struct bench_design *d, char *line,
                      int size)
{
    if (fgets(line, size, p->from) == NULL)
        say_how_it_ended(p, d);
    line[strcspn(line, "\n")] = '\0';
}

/* The process of that command; of two designs with the same one, the same. */
static struct peer *peer_of(const struct bench_design *d)
{
    struct peer *p = peers;
    char line[256];

    for (; p < peers + MOST_PEERS && p->command != NULL; p++)
        if (strcmp(p->command, d->command) == 0)
            return p;
    if (p == peers + MOST_PEERS)
        bench_fail("more than %d peers", MOST_PEERS);
    start(p, d->command);
    read_line(p, d, line, sizeof line);
    if (strcmp(line, "ready") != 0)
        bench_fail("the peer of '%s' said '%s' in place of 'ready'", d->name,
                   line);
    return p;
}

/* ---- a trial ---- */

static void ask(const struct peer *p, const struct bench_trial_plan *plan,
                const struct bench_cpus *cpus)
{
    fprintf(p->to, "%s %d %" PRIu64 " %" PRIu64 " ", plan->design->operation,
            plan->threads, plan->warm_ns, plan->measure_ns);
    for (int i = 0; i < plan->threads; i++)
        fprintf(p->to, "%s%d", i > 0 ? "," : "", cpus->id[i % cpus->count]);
    fputc('\n', p->to);
    fflush(p->to);
}

/* Whether an answer has five numbers, and they can be true: it cannot have
 * measured for longer than we have waited. */
static bool understand(const char *line, uint64_t waited_ns,
                       struct bench_trial *t)
{
    int end = -1;

    return strspn(line, "0123456789 ") == strlen(line) &&
           sscanf(line,
                  "%" SCNu64 " %" SCNu64 " %" SCNu64 " %" SCNu64 " %" SCNu64
                  "%n",
                  &t->updates, &t->window_ns, &t->expected, &t->sum,
                  &t->stolen_ns, &end) == 5 &&
           line[end] == '\0' && t->updates > 0 && t->window_ns > 0 &&
           t->window_ns <= waited_ns && t->updates <= t->expected;
}

void bench_peer_trial(const struct bench_trial_plan *plan,
                      const struct bench_cpus *cpus, struct bench_trial *out)
{
    struct peer *p = peer_of(plan->design);
    uint64_t steal = bench_steal_ticks(), begin = bench_now_ns();
    char line[256];

    ask(p, plan, cpus);
    read_line(p, plan->design, line, sizeof line);
    if (!understand(line, bench_now_ns() - begin, out))
        bench_fail("the peer of '%s' said '%s', which is no answer",
                   plan->design->name, line);
    out->steal_ticks = bench_steal_ticks() - steal;
}

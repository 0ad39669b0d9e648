/* SPDX-License-Identifier: MIT
 *
 * probe.c - the submission of the wire's tests: right, until it is asked to
 * misbehave
 *
 * Compiled without the grader's object gate: what the gate would refuse must
 * be survived all the same.
 */
#include "probe.h"

#include "wire/contract.h"
#include "wire/frame.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

struct met_probe {
    double value;
};

int met_probe_create(struct met_probe **out, double value)
{
    struct met_probe *p = malloc(sizeof *p);

    if (!p)
        return MET_ENOMEM;
    p->value = value;
    *out = p;
    return 0;
}

void met_probe_destroy(struct met_probe *p)
{
    free(p);
}

double met_probe_value(const struct met_probe *p)
{
    return p->value;
}

const char *met_probe_echo(const char *s)
{
    return s;
}

long met_probe_length(const char *s)
{
    return s ? (long)strlen(s) : -1;
}

double met_probe_sum(const double *v, size_t n)
{
    double sum = 0;

    for (size_t i = 0; v && i < n; i++)
        sum += v[i];
    return v ? sum : -1;
}

int met_probe_fill(char *buffer, size_t capacity, size_t n, int with)
{
    if (!buffer)
        return MET_EINVAL;
    for (size_t i = 0; i < n; i++)
        ((volatile char *)buffer)[i] = (char)with;
    return n <= capacity ? 0 : MET_EINVAL;
}

int met_probe_each(const double *v, size_t n, met_probe_each_fn *each,
                   void *ctx)
{
    char name[32];

    for (size_t i = 0; each && i < n; i++) {
        snprintf(name, sizeof name, "element %zu", i);
        int r = each(ctx, name, v[i]);
        if (r)
            return r;
    }
    return 0;
}

long met_probe_eight(int a, long b, unsigned c, size_t d, double e, float f,
                     char g, short h)
{
    return a + b + (long)c + (long)d + (long)e + (long)f + g + h;
}

/* ---- misbehaviour: hostile.c knows the lines ---- */

/* The compiler does not see where these point and when that ends. */
static int *volatile wild = (int *)8;
static volatile int forever = 1;

#line 1000
static void crash(void)
{
    *wild = 1;
}

#line 1100
static void crash_in_library(void)
{
    memset(wild, 1, 64);
}

static void *crash_thread(void *p)
{
    crash();
    return p;
}

static void crash_in_thread(void)
{
    pthread_t t;

    if (pthread_create(&t, NULL, crash_thread, NULL) == 0)
        pthread_join(t, NULL);
}

#line 1200
static void run_out_of_stack(void)
{
    volatile char page[4096];

    page[0] = 1;
    if (forever)
        run_out_of_stack();
    page[1] = page[0];
}

#line 1300
static void hang(void)
{
    while (forever)
        ;
}

static void hang_deaf(void)
{
    sigset_t all;

    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, NULL);
    for (int i = 1; i < 65; i++)
        signal(i, SIG_IGN);
    hang();
}

static void stop(void)
{
    raise(SIGSTOP);
}

static void end_main_thread(void)
{
    pthread_exit(NULL);
}

static void close_all(void)
{
    for (int i = 0; i < 1024; i++)
        close(i);
    for (;;)
        pause();
}

static void flood(void)
{
    for (;;)
        if (write(1, "flood flood flood flood\n", 24) < 0)
            _exit(9);
}

static void fork_often(void)
{
    for (int i = 0; i < 50; i++)
        if (fork() == 0)
            pause();
}

static void run_program(void)
{
    execl("/bin/true", "true", (char *)NULL);
}

static void kill_parent(void)
{
    kill(getppid(), SIGKILL);
}

static void kill_all(void)
{
    kill(-1, SIGKILL);
}

static void exit_0(void)
{
    exit(0);
}

static void quit_0(void)
{
    _exit(0);
}

static void give_up(void)
{
    abort();
}

static void divide(void)
{
    raise(SIGFPE);
}

static void talk_garbage(void)
{
    char garbage[4096];

    memset(garbage, 0xff, sizeof garbage);
    send(3, garbage, sizeof garbage, MSG_NOSIGNAL);
    for (;;)
        pause();
}

/* A well-formed answer of our own, to be taken for the driver's: then that
 * one is taken for the answer of the next call. */
static void answer_twice(void)
{
    struct frame *f = calloc(1, sizeof *f);

    frame_start(f, OP_met_probe_misbehave, 2);
    send(3, f, offsetof(struct frame, data), MSG_NOSIGNAL);
    free(f);
}

static void eat_memory(void)
{
    for (size_t n = 0;; n += 1 << 24) {
        char *p = malloc(1 << 24);
        if (!p)
            abort(); /* refused: the limit holds */
        p[0] = 1;
    }
}

static void hide_memory(void)
{
    int fd = memfd_create("hidden", 0);

    (void)fd;
}

static const struct {
    const char *how;
    void (*deed)(void);
} deeds[] = {{"crash", crash},
             {"crash_in_library", crash_in_library},
             {"crash_in_thread", crash_in_thread},
             {"run_out_of_stack", run_out_of_stack},
             {"hang", hang},
             {"hang_deaf", hang_deaf},
             {"stop", stop},
             {"end_main_thread", end_main_thread},
             {"close_all", close_all},
             {"flood", flood},
             {"fork_often", fork_often},
             {"run_program", run_program},
             {"kill_parent", kill_parent},
             {"kill_all", kill_all},
             {"exit_0", exit_0},
             {"quit_0", quit_0},
             {"give_up", give_up},
             {"divide", divide},
             {"talk_garbage", talk_garbage},
             {"answer_twice", answer_twice},
             {"eat_memory", eat_memory},
             {"hide_memory", hide_memory}};

void met_probe_misbehave(const char *how)
{
    for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++)
        if (strcmp(deeds[i].how, how) == 0)
            deeds[i].deed();
}

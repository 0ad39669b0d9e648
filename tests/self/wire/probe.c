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

#include <netinet/in.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <time.h>
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

struct met_probe *met_probe_same(struct met_probe *p)
{
    return p;
}

long met_probe_lengths(const char *const *list, size_t n)
{
    long sum = 0;

    for (size_t i = 0; list && i < n; i++)
        sum += (long)strlen(list[i]);
    return list ? sum : -1;
}

int met_probe_write(const double *v, size_t n, met_probe_write_fn *write,
                    void *ctx)
{
    int err = write(ctx, v, n / 2);

    return err ? err : write(ctx, v ? v + n / 2 : NULL, n - n / 2);
}

int met_probe_show(enum met_type type, const char *const *labels, size_t n,
                   met_probe_show_fn *show, void *ctx)
{
    const char *values[8];

    for (size_t i = 0; i < n && i < 8; i++)
        values[i] = labels[n - 1 - i];
    return show(ctx, &(struct met_point){.type = type,
                                         .name = "a_point",
                                         .help = "",
                                         .labels = n,
                                         .label_names = labels,
                                         .label_values = values,
                                         .value = 2.5,
                                         .bounds = 2,
                                         .bound = (double[]){0.5, 1},
                                         .cumulative = (uint64_t[]){1, 2, 3},
                                         .count = 3,
                                         .sum = -7});
}

long met_probe_eight(int a, long b, unsigned c, size_t d, double e, float f,
                     char g, short h)
{
    return a + b + (long)c + (long)d + (long)e + (long)f + g + h;
}

static void *serve(void *p)
{
    int listener = *(int *)p, fd;
    char c;

    while ((fd = accept(listener, NULL, NULL)) >= 0) {
        if (read(fd, &c, 1) == 1) {
            if (c == 'X') /* a server that dies while a client waits */
                abort();
            c++;
            send(fd, &c, 1, MSG_NOSIGNAL);
        }
        close(fd);
    }
    return NULL;
}

int met_probe_serve(void)
{
    static int listener;
    struct sockaddr_in a = {.sin_family = AF_INET,
                            .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof a;
    pthread_t t;

    listener = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(listener, (struct sockaddr *)&a, size) != 0 ||
        listen(listener, 16) != 0 ||
        getsockname(listener, (struct sockaddr *)&a, &size) != 0 ||
        pthread_create(&t, NULL, serve, &listener) != 0)
        return -1;
    return ntohs(a.sin_port);
}

void met_probe_work(int ms)
{
    struct timespec t;

    do
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    while (t.tv_sec * 1000 + t.tv_nsec / 1000000 < ms);
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

static void connect_outwards(void)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(80)};

    connect(socket(AF_INET, SOCK_STREAM, 0), (struct sockaddr *)&a, sizeof a);
}

/* TCP Fast Open begins a connection without connect(2). */
static void send_outwards(void)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(80)};

    sendto(socket(AF_INET, SOCK_STREAM, 0), "x", 1, MSG_FASTOPEN,
           (struct sockaddr *)&a, sizeof a);
}

static void send_datagram(void)
{
    socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0);
}

static void open_unix_socket(void)
{
    socket(AF_UNIX, SOCK_STREAM, 0);
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
             {"hide_memory", hide_memory},
             {"connect_outwards", connect_outwards},
             {"send_outwards", send_outwards},
             {"send_datagram", send_datagram},
             {"open_unix_socket", open_unix_socket}};

void met_probe_misbehave(const char *how)
{
    for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++)
        if (strcmp(deeds[i].how, how) == 0)
            deeds[i].deed();
}

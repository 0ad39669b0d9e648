/* SPDX-License-Identifier: MIT
 *
 * warden.c - watches over one test's process
 *
 * With namespaces the warden is PID 1 of the test: signals from inside cannot
 * touch it, and when it exits the kernel kills the rest. Without them it is
 * the reaper of its descendants, and ends them one by one.
 */
#include "warden.h"

#include "note.h"
#include "places.h"
#include "play.h"
#include "reach.h"
#include "wire/pass.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MERCY_MS = 500, QUIT_MS = 100 };

struct ward {
    const struct charge *charge;
    int leash, output, notes, children; /* descriptors */
    pid_t pid;                          /* of the submission's process */
    bool reported;
};

/* ---- the end ---- */

static void end_descendants(void)
{
    char path[64];
    int pid;

    snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)getpid());
    for (bool some = true; some;) {
        FILE *f = fopen(path, "r");
        some = false;
        while (f && fscanf(f, "%d", &pid) == 1)
            some = kill(pid, SIGKILL) == 0;
        if (f)
            fclose(f);
        while (waitpid(-1, NULL, some ? 0 : WNOHANG) > 0)
            ;
    }
}

static _Noreturn void leave(const struct ward *w)
{
    if (!w->charge->namespaces)
        end_descendants();
    _exit(0);
}

/* ---- news ---- */

static void read_note(const struct ward *w, struct leash_news *news)
{
    struct note n;

    if (recv(w->notes, &n, sizeof n, MSG_DONTWAIT) != sizeof n)
        return;
    n.text[sizeof n.text - 1] = '\0';
    news->forbidden = n.forbidden;
    news->why = (enum leash_why)n.why;
    if (n.what == NOTE_PLACE && n.address)
        place_of(w->charge->submission, n.address, news->place[0]);
    else if (n.what == NOTE_MISSING)
        snprintf(news->missing, sizeof news->missing, "%s", n.text);
    else if (n.what == NOTE_UNLOADABLE)
        snprintf(news->unloadable, sizeof news->unloadable, "%s", n.text);
}

static void report(struct ward *w, struct leash_news *news)
{
    news->forbidden = -1;
    places_of_report(w->charge->submission, w->output, news->place);
    read_note(w, news);
    send(w->leash, news, sizeof *news, MSG_NOSIGNAL);
    w->reported = w->reported || news->ended;
}

/* Waits for the process to end, at most `ms`. Returns whether it has. */
static bool ended_within(struct ward *w, int ms, struct leash_news *news)
{
    struct pollfd p = {.fd = w->children, .events = POLLIN};

    for (;;) {
        if (waitpid(w->pid, &news->status, WNOHANG) == w->pid)
            return true;
        struct signalfd_siginfo drop;
        if (poll(&p, 1, ms) <= 0)
            return false;
        if (read(w->children, &drop, sizeof drop) < 0)
            return false;
    }
}

static void kill_now(struct ward *w)
{
    int status;

    kill(w->pid, SIGKILL);
    while (waitpid(w->pid, &status, 0) < 0 && errno == EINTR)
        ;
}

static void expect_end(struct ward *w)
{
    struct leash_news news = {.what = LEASH_EXPECT_END, .ended = true};

    if (!ended_within(w, MERCY_MS, &news)) {
        news.outlived = true;
        kill_now(w);
    }
    report(w, &news);
}

/* SIGQUIT makes a driver that still listens to signals note its place. */
static void end_hung(struct ward *w)
{
    struct leash_news news = {.what = LEASH_HUNG, .ended = true};

    atomic_fetch_add(w->charge->hangs, 1);
    kill(w->pid, SIGQUIT);
    if (!ended_within(w, QUIT_MS, &news))
        kill_now(w);
    report(w, &news);
}

static void locate(struct ward *w)
{
    struct leash_news news = {.what = LEASH_LOCATE};

    report(w, &news);
}

/* With namespaces there is nothing but the test's sandbox to be reached.
 * Without them it must be the submission itself that listens. */
static void make_connection(struct ward *w, const struct leash_order *order)
{
    struct leash_news news = {.what = LEASH_CONNECT, .forbidden = -1};
    bool theirs = w->charge->network &&
                  (w->charge->namespaces || reach_listens(w->pid, order->port));
    int fd = theirs ? reach_connect(order->host, order->port) : -ECONNREFUSED;

    news.error = fd < 0 ? -fd : 0;
    pass_send(w->leash, &news, sizeof news, &fd, fd >= 0);
    if (fd >= 0)
        close(fd);
}

static void count(struct ward *w)
{
    struct leash_news news = {.what = LEASH_COUNT, .forbidden = -1};

    reach_count(w->pid, &news.count);
    send(w->leash, &news, sizeof news, MSG_NOSIGNAL);
}

static void obey(struct ward *w)
{
    struct leash_order order;

    if (recv(w->leash, &order, sizeof order, 0) != sizeof order)
        leave(w); /* the test is over, or dead */
    if (w->reported)
        return;
    switch (order.what) {
    case LEASH_EXPECT_END: expect_end(w); break;
    case LEASH_HUNG: end_hung(w); break;
    case LEASH_LOCATE: locate(w); break;
    case LEASH_CONNECT: make_connection(w, &order); break;
    case LEASH_COUNT: count(w); break;
    }
}

/* The process has ended or stopped by itself. */
static void notice(struct ward *w)
{
    struct signalfd_siginfo drop;
    struct leash_news news = {.what = LEASH_EXPECT_END, .ended = true};

    if (read(w->children, &drop, sizeof drop) < 0 || w->reported ||
        waitpid(w->pid, &news.status, WNOHANG | WUNTRACED) != w->pid)
        return;
    if (WIFSTOPPED(news.status)) {
        news.stopped = true;
        kill_now(w);
    }
    report(w, &news);
}

static _Noreturn void watch(struct ward *w)
{
    struct pollfd p[] = {{.fd = w->leash, .events = POLLIN},
                         {.fd = w->children, .events = POLLIN}};

    for (;;) {
        if (poll(p, 2, -1) < 0 && errno != EINTR)
            leave(w);
        if (p[1].revents)
            notice(w);
        if (p[0].revents)
            obey(w);
    }
}

/* ---- the beginning ---- */

static void greet(int leash, const struct charge *charge, int given[2])
{
    struct leash_hello hello;
    struct leash_greeting greeting = {atomic_load(charge->hangs)};

    if (pass_receive(leash, &hello, sizeof hello, given, 2) != sizeof hello ||
        memcmp(hello.key, charge->key, LEASH_KEY) != 0 || given[1] < 0)
        _exit(0); /* not our judge */
    send(leash, &greeting, sizeof greeting, MSG_NOSIGNAL);
}

static int watch_children(void)
{
    sigset_t s;

    sigemptyset(&s);
    sigaddset(&s, SIGCHLD);
    sigprocmask(SIG_BLOCK, &s, NULL);
    return signalfd(-1, &s, SFD_CLOEXEC | SFD_NONBLOCK);
}

/* In the child: forget what the submission must not see. */
static void forget(struct charge *charge)
{
    sigset_t none;

    explicit_bzero(charge->key, sizeof charge->key);
    munmap(charge->hangs, sizeof *charge->hangs);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

_Noreturn void warden(int leash, const struct charge *charge)
{
    static struct charge mine;
    struct ward w = {.charge = &mine, .leash = leash};
    int given[2], notes[2];

    mine = *charge;
    greet(leash, &mine, given);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    w.children = watch_children();
    if (w.children < 0 ||
        socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, notes) < 0)
        _exit(0);
    w.pid = fork();
    if (w.pid < 0)
        _exit(0);
    if (w.pid == 0) {
        forget(&mine);
        explicit_bzero((void *)charge->key, LEASH_KEY);
        play(given[0], given[1], notes[1], &mine);
    }
    close(given[0]);
    close(notes[1]);
    w.output = given[1];
    w.notes = notes[0];
    watch(&w);
}

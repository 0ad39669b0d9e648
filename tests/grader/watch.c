/* SPDX-License-Identifier: MIT
 *
 * watch.c - grade watch: grade a lab again each time one of its files is saved
 *
 * Each save is graded by a process of its own, the worker, which prints as it
 * learns: the test that failed before, by itself; then all in a plain run, the
 * first that fails as soon as it is known; and when nothing fails there, the
 * replays and the explorer. A save while it works makes its verdict old: it is
 * killed, and the next one starts.
 *
 * This process is the reaper of whatever a killed worker leaves, so when it
 * goes on, or ends, all of that is gone.
 */
#include "watch.h"

#include "compile.h"
#include "failing.h"
#include "report.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* An editor writes a file in several steps: it is saved when nothing has
 * happened for so long. And a folder that is gone is looked for so often. */
enum { SETTLE_MS = 20, AGAIN_MS = 500, NAME = 128 };

struct watch {
    struct order *o;
    const struct lab *lab;
    int changes, signals, learned; /* inotify, signalfd, from the worker */
    pid_t worker;                  /* 0: none */
    char failing[NAME];            /* the test that failed at last; or empty */
    sigset_t before;
    bool blind; /* a folder is not there: nothing says when it comes back */
};

static const char *text_of(const json_t *o, const char *key)
{
    const char *s = json_string_value(json_object_get(o, key));

    return s ? s : "";
}

/* ---- the worker ---- */

struct listener {
    const struct watch *w;
    int learned; /* where the name of the failing test goes */
    char shown[NAME];
};

/* Names of a fixed length, so that the reader need not look for their ends. */
static void learn(const struct listener *l, const json_t *test)
{
    char name[NAME] = "";

    snprintf(name, sizeof name, "%s", text_of(test, "name"));
    if (write(l->learned, name, sizeof name) < 0)
        _exit(1); /* nobody waits for the verdict */
}

static void show(struct listener *l, const json_t *test)
{
    if (strcmp(l->shown, text_of(test, "name")) != 0)
        failing_tell(l->w->o, l->w->lab, test);
    snprintf(l->shown, sizeof l->shown, "%s", text_of(test, "name"));
    fflush(stdout);
}

static void tell_first(struct listener *l, const json_t *test)
{
    const char *status = text_of(test, "status");

    if (strcmp(status, "failed") == 0) {
        show(l, test);
        return;
    }
    printf("\n  %s %s\n        ",
           strcmp(status, "passed") == 0 ? "pass" : "OPEN",
           text_of(test, "name"));
    report_paragraph(text_of(test, "sentence"), 8);
    if (json_is_true(json_object_get(test, "threads")))
        printf(
            "        It has threads: sanitizers and explorer have not looked "
            "yet.\n");
    fflush(stdout);
}

/* The first that fails, before the others have ended. It is learned before it
 * is read: then it is the first of the next save, however soon that comes. */
static void tell_some(struct listener *l, const json_t *tests)
{
    const json_t *first = *l->shown ? NULL : failing_first(tests, NULL);

    if (!first)
        return;
    learn(l, first);
    show(l, first);
}

static void tell_all(struct listener *l, const json_t *tests)
{
    const json_t *first =
        failing_first(tests, *l->shown ? l->shown : l->w->failing);

    if (first)
        show(l, first);
    size_t n = failing_count(tests), all = json_array_size(tests);
    if (n > 0)
        printf("\n  %s: %zu of %zu tests fail\n", l->w->lab->name, n, all);
    else
        printf("\n  %s: none of %zu tests fails\n", l->w->lab->name, all);
    fflush(stdout);
    learn(l, first);
}

static bool hear(void *listener, enum stage stage, const json_t *tests)
{
    struct listener *l = listener;

    if (stage == STAGE_FIRST) {
        tell_first(l, json_array_get(tests, 0));
        return true;
    }
    if (stage == STAGE_SOME) {
        tell_some(l, tests);
        return true;
    }
    tell_all(l, tests);
    bool all_pass = failing_count(tests) == 0;
    if (all_pass)
        printf("  Now the sanitizers and the schedule explorer ...\n");
    fflush(stdout);
    return all_pass;
}

/* What came to its end: all runs, or a file that does not compile. */
static void tell_result(struct listener *l, const json_t *lab)
{
    const char *problem = text_of(lab, "problem");

    if (*problem) {
        printf("\n  %s cannot be tested yet. First repair this:\n\n",
               l->w->lab->name);
        failing_problem(l->w->lab, problem);
        return;
    }
    tell_all(l, json_object_get(lab, "tests"));
    printf("  %d of %d points\n",
           (int)json_integer_value(json_object_get(lab, "score")),
           (int)json_integer_value(json_object_get(lab, "max_score")));
}

static _Noreturn void work(const struct watch *w, int learned)
{
    struct listener l = {.w = w, .learned = learned};
    struct order o = *w->o;
    struct outcome out;

    sigprocmask(SIG_SETMASK, &w->before, NULL);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    o.first = *w->failing ? w->failing : NULL;
    o.heard = hear;
    o.listener = &l;
    json_t *lab = lab_grade(&o, w->lab, &out);
    if (lab)
        tell_result(&l, lab);
    else if (!out.stopped)
        printf("\n  %s cannot be graded: %s\n", w->lab->name, out.problem);
    fflush(stdout);
    _exit(0);
}

/* ---- its end ---- */

/* Children of this process, and what became its children when their parents
 * died. Those of a sandbox die with its first process. */
static void kill_children(void)
{
    char path[64], list[4096];

    snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)getpid());
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? 0 : read(fd, list, sizeof list - 1);
    list[n > 0 ? n : 0] = '\0';
    for (char *p = list, *end; *p; p = end + strspn(end, " ")) {
        long pid = strtol(p, &end, 10);
        if (end == p)
            break;
        kill((pid_t)pid, SIGKILL);
    }
    if (fd >= 0)
        close(fd);
}

/* The files of a process that had no time to remove them: of a worker that
 * compiled; of a judge, where Criterion's runner waits for its tests; of a test,
 * with which Boxfort shares memory while it starts. */
static void sweep(const struct watch *w, pid_t pid)
{
    char path[64];

    snprintf(path, sizeof path, "/tmp/criterion_%d.sock", (int)pid);
    unlink(path);
    snprintf(path, sizeof path, "/dev/shm/bxfi_%d", (int)pid);
    unlink(path);
    compile_sweep(w->o->course, pid);
}

static void end_worker(struct watch *w)
{
    pid_t ended;

    if (w->worker <= 0)
        return;
    do {
        kill_children();
        ended = waitpid(-1, NULL, 0);
        if (ended > 0)
            sweep(w, ended);
    } while (ended > 0 || errno == EINTR);
    close(w->learned);
    w->worker = 0;
    w->learned = -1;
}

static void start_worker(struct watch *w)
{
    int ends[2];

    end_worker(w);
    fflush(stdout);
    if (pipe2(ends, O_CLOEXEC) != 0)
        return;
    w->worker = fork();
    if (w->worker == 0) {
        close(ends[0]);
        work(w, ends[1]);
    }
    close(ends[1]);
    w->learned = ends[0];
}

/* What the worker has to say; at its end nothing of it is left, either. */
static void listen_to_worker(struct watch *w)
{
    char name[NAME];
    ssize_t n = read(w->learned, name, sizeof name);

    if (n == sizeof name)
        snprintf(w->failing, sizeof w->failing, "%s", name);
    else if (n >= 0 || errno != EINTR)
        end_worker(w);
}

/* ---- the files ---- */

static bool look_at(struct watch *w, const char *folder)
{
    char path[4200];

    snprintf(path, sizeof path, "%s%s%s", w->o->path, *folder ? "/" : "",
             folder);
    return inotify_add_watch(w->changes, path,
                             IN_CLOSE_WRITE | IN_MOVED_TO | IN_DELETE |
                                 IN_ONLYDIR) >= 0;
}

/* The lab's folder, those of what it needs, and the top, where the files of a
 * submission may lie as well. A folder that is watched stays so. */
static bool look(struct watch *w)
{
    char folder[64];
    bool some = look_at(w, w->lab->name), all = some;

    for (size_t i = 0; !w->o->backfill && i < w->lab->need_count; i++) {
        const char *need = w->lab->needs[i];
        snprintf(folder, sizeof folder, "%.*s", (int)strcspn(need, "/"), need);
        all = look_at(w, folder) && all;
    }
    w->blind = !all;
    return look_at(w, "") || some;
}

static bool is_ours(const struct lab *lab, const char *name)
{
    for (size_t i = 0; lab_source(lab, i); i++)
        if (strcmp(lab_source(lab, i), name) == 0)
            return true;
    for (size_t i = 0; i < lab->file_count; i++)
        if (strcmp(lab->files[i], name) == 0)
            return true; /* a header */
    return false;
}

/* Reads what has happened. Returns whether a file of the lab was saved, and
 * its name. */
static bool read_changes(struct watch *w, char saved[NAME])
{
    char buffer[8192]
        __attribute__((aligned(__alignof__(struct inotify_event))));
    bool ours = false;
    ssize_t n = read(w->changes, buffer, sizeof buffer);

    for (char *p = buffer; p < buffer + n;) {
        const struct inotify_event *e = (const struct inotify_event *)p;
        if (e->len > 0 && is_ours(w->lab, e->name)) {
            snprintf(saved, NAME, "%s", e->name);
            ours = true;
        }
        w->blind |= (e->mask & IN_IGNORED) != 0;
        p += sizeof *e + e->len;
    }
    return ours;
}

static bool has_input(int fd, int ms)
{
    struct pollfd p = {.fd = fd, .events = POLLIN};

    return poll(&p, 1, ms) > 0;
}

static void take_changes(struct watch *w)
{
    char saved[NAME] = "", now[10] = "";
    bool ours = read_changes(w, saved);
    time_t t = time(NULL);

    if (!ours)
        return;
    while (has_input(w->changes, SETTLE_MS))
        read_changes(w, saved);
    strftime(now, sizeof now, "%H:%M:%S", localtime(&t));
    end_worker(w);
    printf("\n  ---- %s  %s\n", now, saved);
    start_worker(w);
}

/* ---- all of it ---- */

static bool set_up(struct watch *w)
{
    sigset_t ends;

    compile_can_box(); /* once: a worker is a fork of who knows */
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGHUP);
    sigprocmask(SIG_BLOCK, &ends, &w->before);
    w->signals = signalfd(-1, &ends, SFD_CLOEXEC);
    w->changes = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    if (w->signals >= 0 && w->changes >= 0 && look(w))
        return true;
    fprintf(stderr, "grade: %s cannot be watched: %s\n", w->o->path,
            strerror(errno));
    return false;
}

static void go_on(struct watch *w)
{
    for (;;) {
        struct pollfd p[] = {{.fd = w->signals, .events = POLLIN},
                             {.fd = w->changes, .events = POLLIN},
                             {.fd = w->learned, .events = POLLIN}};
        int n = poll(p, 3, w->blind ? AGAIN_MS : -1);

        if (n < 0 && errno != EINTR)
            return;
        struct signalfd_siginfo end;
        if (p[0].revents && read(w->signals, &end, sizeof end) > 0)
            return;
        if (p[2].revents)
            listen_to_worker(w);
        if (p[1].revents)
            take_changes(w);
        if (w->blind)
            look(w);
    }
}

bool watch_lab(struct order *o, const struct lab *lab)
{
    struct watch w = {
        .o = o, .lab = lab, .changes = -1, .signals = -1, .learned = -1};
    bool fine = set_up(&w);

    if (fine) {
        printf("  Watching lab %s in %s: save a file and it is graded. Ctrl-C "
               "ends this.\n",
               lab->name, o->path);
        start_worker(&w);
        go_on(&w);
        end_worker(&w);
        printf("\n");
    }
    close(w.changes);
    close(w.signals);
    sigprocmask(SIG_SETMASK, &w.before, NULL);
    return fine;
}

/* SPDX-License-Identifier: MIT
 *
 * sandbox.c - the sandbox of a suite
 */
#include "sandbox.h"

#include "drive.h"
#include "support/box.h"
#include "wire/leash.h"

#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

/* No submission is loaded yet: only the machine can be slow. */
enum { READY_MS = 60000, HIGH_FD = 20 };

static pid_t zygote = -1;

/* The sanitizers' settings: stop at the first finding, print addresses (the
 * warden looks up the lines), tell a leak only when asked. */
static const char *const settings[][2] = {
    {"ASAN_OPTIONS", "symbolize=0:exitcode=86:hard_rss_limit_mb=512:"
                     "leak_check_at_exit=0:detect_stack_use_after_return=1:"
                     "allocator_may_return_null=1:handle_abort=0"},
    {"LSAN_OPTIONS", "symbolize=0"},
    {"UBSAN_OPTIONS", "print_stacktrace=0:halt_on_error=1"},
    {"TSAN_OPTIONS", "symbolize=0:exitcode=86:halt_on_error=1:"
                     "report_signal_unsafe=0"},
};

static const char inside[] = "/sub.so";

/* Beside the driver lies a locale with a comma, see comma.locale; without it
 * one test of one lab says so. */
static const char locales[] = "/locale", comma[] = "/locale/comma/LC_NUMERIC";

struct plan {
    const char *driver;
    int submission, listener, ready;
    bool network;
    char key[2 * LEASH_KEY + 1];
};

static void make_key(char hex[2 * LEASH_KEY + 1])
{
    unsigned char key[LEASH_KEY];

    if (getrandom(key, sizeof key, 0) != sizeof key)
        abort();
    for (int i = 0; i < LEASH_KEY; i++)
        sprintf(hex + 2 * i, "%02x", key[i]);
}

/* Descriptors to where the zygote expects them. */
static void arrange(const struct plan *p)
{
    int listener = fcntl(p->listener, F_DUPFD, HIGH_FD);
    int ready = fcntl(p->ready, F_DUPFD, HIGH_FD);
    int null = open("/dev/null", O_RDONLY);

    if (listener < 0 || ready < 0 || null < 0 ||
        dup2(listener, LEASH_FD_LISTEN) < 0 ||
        dup2(ready, LEASH_FD_READY) < 0 || dup2(null, 0) < 0)
        _exit(127);
}

/* The path of what lies beside the driver. */
static void beside_driver(const struct plan *p, const char *what,
                          char path[2 * PATH_MAX])
{
    if (!realpath(p->driver, path))
        strcpy(path, "/");
    strcpy(strrchr(path, '/'), what);
}

static void box_locale(struct box *b, const struct plan *p)
{
    char path[2 * PATH_MAX];

    beside_driver(p, comma, path);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return;
    box_file(b, fd, comma, 0444);
    box_environment(b, "LOCPATH", locales);
}

static _Noreturn void become_boxed(const struct plan *p, int driver, int so)
{
    struct box b;

    box_start(&b);
    box_file(&b, driver, "/driver", 0555);
    box_file(&b, so, inside, 0444);
    box_locale(&b, p);
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        box_environment(&b, settings[i][0], settings[i][1]);
    box_environment(&b, "PATH", "/usr/bin");
    box_environment(&b, LEASH_ENV_KEY, p->key);
    box_environment(&b, LEASH_ENV_SUBMISSION, inside);
    box_environment(&b, LEASH_ENV_FENCE, "namespaces");
    if (p->network)
        box_environment(&b, LEASH_ENV_NETWORK, "loopback");
    box_exec(&b, (char *[]){"/driver", NULL});
}

static _Noreturn void become_limited(const struct plan *p, int driver, int so)
{
    char path[40], locale[2 * PATH_MAX];

    snprintf(path, sizeof path, "/proc/self/fd/%d", so);
    beside_driver(p, locales, locale);
    clearenv();
    setenv("LOCPATH", locale, 1);
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
        setenv(settings[i][0], settings[i][1], 1);
    setenv("PATH", "/usr/bin", 1);
    setenv(LEASH_ENV_KEY, p->key, 1);
    setenv(LEASH_ENV_SUBMISSION, path, 1);
    setenv(LEASH_ENV_FENCE, "limits", 1);
    if (p->network)
        setenv(LEASH_ENV_NETWORK, "loopback", 1);
    box_drop_root();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (chdir("/tmp") == 0)
        fexecve(driver, (char *[]){"driver", NULL}, environ);
    _exit(127);
}

static _Noreturn void become_zygote(const struct plan *p, bool namespaces)
{
    int driver = open(p->driver, O_RDONLY | O_CLOEXEC);
    int high = fcntl(driver, F_DUPFD_CLOEXEC, HIGH_FD);
    int so = fcntl(p->submission, F_DUPFD, HIGH_FD);

    if (driver < 0 || high < 0 || so < 0)
        _exit(127);
    lseek(so, 0, SEEK_SET);
    arrange(p);
    close_range(5, HIGH_FD - 1, 0);
    if (namespaces)
        become_boxed(p, high, so);
    become_limited(p, high, so);
}

/* Whether it came up and can give drivers. */
static bool start(struct plan *p, bool namespaces)
{
    int ready[2];
    char byte;

    if (pipe2(ready, O_CLOEXEC) != 0)
        return false;
    p->ready = ready[1];
    zygote = fork();
    if (zygote == 0)
        become_zygote(p, namespaces);
    close(ready[1]);
    struct pollfd wait = {.fd = ready[0], .events = POLLIN};
    bool up = zygote > 0 && poll(&wait, 1, READY_MS) == 1 &&
              read(ready[0], &byte, 1) == 1;
    close(ready[0]);
    if (!up)
        sandbox_end();
    return up;
}

/* An abstract socket whose name the kernel picks. */
static int listen_somewhere(struct sockaddr_un *a)
{
    int s = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    socklen_t size = sizeof *a;

    *a = (struct sockaddr_un){.sun_family = AF_UNIX};
    if (s < 0 || bind(s, (struct sockaddr *)a, sizeof a->sun_family) != 0 ||
        listen(s, 64) != 0 || getsockname(s, (struct sockaddr *)a, &size) != 0)
        return -1;
    return s;
}

const char *sandbox_start(const char *driver, int submission, bool hurry,
                          bool network)
{
    struct sockaddr_un a;
    struct plan p = {
        .driver = driver, .submission = submission, .network = network};
    char address[160];
    bool apart, up;

    p.listener = listen_somewhere(&a);
    if (p.listener < 0)
        return NULL;
    make_key(p.key);
    apart = box_program() && start(&p, true);
    up = apart || start(&p, false);
    close(p.listener); /* the zygote alone listens */
    snprintf(address, sizeof address, "%s %s %d", a.sun_path + 1, p.key, hurry);
    setenv(DRIVE_ENV, address, 1);
    return up ? (apart ? "namespaces" : "limits") : NULL;
}

void sandbox_end(void)
{
    if (zygote > 0) {
        kill(zygote, SIGKILL); /* and with it its PID namespace */
        waitpid(zygote, NULL, 0);
    }
    zygote = -1;
}

/* SPDX-License-Identifier: MIT
 *
 * room.c - promtool and Prometheus in a sandbox
 */
#include "room_wire.h"

#include "judge.h"
#include "message.h"
#include "support/box.h"
#include "wire/frame.h"
#include "wire/pass.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

/* Long for any machine: half a second is usual, and less of the processor. */
enum { ROOM_MS = 40000, SAID = 8192, HIGH_FD = 30 };
enum { HTTP_MS = 15000, QUERY_MS = 10000, QUERY_AFTER_HANG_MS = 2000 };

/* Seconds of the processor. What is handed in may be made to cost more: one
 * test that finds it so makes the others impatient, or all of them together
 * would cost minutes. */
enum { RUN_CPU_S = 3, STAY_CPU_S = 10, IMPATIENT_CPU_S = 1 };

/* Of a shell: 128 and SIGKILL. */
enum { KILLED = 137 };

static _Noreturn void cannot_tell(const char *why)
{
    message_send("inconclusive", "promtool and Prometheus, in a sandbox", why);
}

/* Once a process: that there is a sandbox, and what runs in it. */
static void need_tools(void)
{
    if (access("/usr/bin/promtool", X_OK) != 0 ||
        access("/usr/bin/prometheus", X_OK) != 0)
        cannot_tell("prometheus is not installed: this test has no result, "
                    "and costs nothing (apt-get install prometheus)");
    if (!box_program())
        cannot_tell("bubblewrap is not installed: this test has no result, "
                    "and costs nothing");
}

/* ---- the sandbox ---- */

static void limit(int what, rlim_t most)
{
    if (setrlimit(what, &(struct rlimit){most, most}) != 0)
        _exit(127);
}

static int in_memory(const char *text)
{
    int fd = memfd_create("file", 0);
    size_t n = strlen(text);

    if (fd < 0 || write(fd, text, n) != (ssize_t)n)
        _exit(127);
    lseek(fd, 0, SEEK_SET);
    return fd;
}

static rlim_t seconds_of_processor(bool stays)
{
    if (client_is_impatient())
        return stays ? 3 * IMPATIENT_CPU_S : IMPATIENT_CPU_S;
    return stays ? STAY_CPU_S : RUN_CPU_S;
}

static void furnish(struct box *b, const struct room_file *files, bool stays)
{
    box_start(b);
    for (; files->path; files++)
        box_file(b, in_memory(files->text), files->path, 0444);
    box_file(b, in_memory("127.0.0.1 localhost\n"), "/etc/hosts", 0444);
    box_environment(b, "PATH", "/usr/bin");
    box_environment(b, "GOMEMLIMIT", "256MiB");
    box_environment(b, "GOMAXPROCS", "2");
    limit(RLIMIT_CORE, 0);
    box_environment(b, "ROOM_QUERY", client_is_impatient() ? "500ms" : "5s");
    limit(RLIMIT_CPU, seconds_of_processor(stays));
    limit(RLIMIT_FSIZE, 64 << 20);
    limit(RLIMIT_AS, (rlim_t)4 << 30); /* most of it is never touched */
}

static void arrange_output(int said)
{
    int null = open("/dev/null", O_RDONLY);

    if (dup2(null, 0) < 0 || dup2(said, 1) < 0 || dup2(said, 2) < 0)
        _exit(127);
}

static const char *read_said(int fd)
{
    static char said[SAID];
    ssize_t n = pread(fd, said, SAID - 1, 0);

    said[n > 0 ? n : 0] = '\0';
    return said;
}

/* Returns the status, or -1 when it is late; it is ended then. */
static int wait_for(pid_t pid)
{
    int64_t deadline = clock_ms() + ROOM_MS;
    int status;

    while (waitpid(pid, &status, WNOHANG) == 0) {
        if (clock_ms() > deadline) {
            kill(pid, SIGKILL);
            waitpid(pid, &status, 0);
            return -1;
        }
        usleep(2000);
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128;
}

/* That a box can be had at all; a command may fail for other reasons. */
static void need_box(void)
{
    static bool known;
    pid_t pid = known ? 0 : fork();

    if (known)
        return;
    if (pid == 0) {
        struct box b;
        arrange_output(open("/dev/null", O_WRONLY));
        furnish(&b, &(struct room_file){0}, false);
        box_exec(&b, (char *[]){"/bin/true", NULL});
    }
    if (pid < 0 || wait_for(pid) != 0)
        cannot_tell("this machine gives no sandbox to run it in: this test "
                    "has no result, and costs nothing");
    known = true;
}

int room_run(const struct room_file *files, const char *command,
             const char **said)
{
    need_tools();
    need_box();
    int out = memfd_create("said", MFD_CLOEXEC);
    pid_t pid = fork();
    if (pid == 0) {
        struct box b;
        arrange_output(out);
        furnish(&b, files, false);
        box_exec(&b, (char *[]){"/bin/sh", "-c", (char *)command, NULL});
    }
    int status = wait_for(pid);
    *said = read_said(out);
    close(out);
    if (status < 0 || status == KILLED)
        client_late("files that promtool reads in a moment",
                    "promtool needs more time or memory than it may have");
    return status;
}

/* ---- a room that stays ---- */

static _Noreturn void become_room(int wire, int said,
                                  const struct room_file *files,
                                  const char *command)
{
    struct box b;
    int self = open("/proc/self/exe", O_RDONLY);
    int high = fcntl(wire, F_DUPFD, HIGH_FD);

    arrange_output(said);
    furnish(&b, files, true);
    box_file(&b, self, "/room", 0555);
    box_environment(&b, "ROOM_COMMAND", command);
    if (high < 0 || dup2(high, ROOM_FD_WIRE) < 0)
        _exit(127);
    box_exec(&b, (char *[]){"/room", "room", NULL});
}

/* Returns a socket, or a negative errno. */
static int order(struct room *r, char what)
{
    int fd = -1, error = 0;
    struct pollfd p = {.fd = r->wire, .events = POLLIN};

    if (send(r->wire, &what, 1, MSG_NOSIGNAL) != 1 ||
        poll(&p, 1, ROOM_MS) != 1 ||
        pass_receive(r->wire, &error, sizeof error, &fd, 1) != sizeof error)
        return -EPIPE;
    if (error && fd >= 0)
        close(fd);
    return error ? -error : fd;
}

/* ---- HTTP, as far as it is needed: the end of the connection is the end ---- */

static bool wait_on(int fd, short events, int64_t deadline)
{
    struct pollfd p = {.fd = fd, .events = events};
    int64_t left = deadline - clock_ms();

    return left > 0 && poll(&p, 1, (int)left) == 1;
}

static bool send_all(int fd, const char *bytes, size_t n, int64_t deadline)
{
    while (n > 0) {
        ssize_t sent = wait_on(fd, POLLOUT, deadline)
                           ? send(fd, bytes, n, MSG_NOSIGNAL)
                           : -1;
        if (sent < 0)
            return false;
        bytes += sent;
        n -= (size_t)sent;
    }
    return true;
}

/* All that comes, as a string; the caller frees it. */
static char *read_all(int fd, int64_t deadline)
{
    size_t room = 1 << 16, n = 0;
    char *text = malloc(room);

    while (text && wait_on(fd, POLLIN, deadline)) {
        ssize_t got = recv(fd, text + n, room - n - 1, 0);
        if (got == 0) {
            text[n] = '\0';
            return text;
        }
        if (got < 0)
            break;
        n += (size_t)got;
        if (n + 1 == room && (room *= 2) <= 1 << 24)
            text = realloc(text, room);
        else if (n + 1 == room)
            break;
    }
    free(text);
    return NULL;
}

static char *exchange(struct room *r, const char *head, const char *body,
                      size_t n, int64_t deadline, int *error)
{
    char *request = NULL, *answer = NULL;
    int fd = order(r, 'C');

    *error = fd < 0 ? fd : -ETIMEDOUT;
    int size = asprintf(&request, "%sContent-Length: %zu\r\n\r\n", head, n);
    if (fd >= 0 && size > 0 && send_all(fd, request, (size_t)size, deadline) &&
        send_all(fd, body, n, deadline))
        answer = read_all(fd, deadline);
    if (fd >= 0)
        close(fd);
    free(request);
    return answer;
}

char *room_http(struct room *r, const char *head, const char *body, size_t n,
                int *error)
{
    return exchange(r, head, body, n, clock_ms() + HTTP_MS, error);
}

/* The whole answer, or NULL; *error is then a negative errno. */
static char *get(struct room *r, const char *target, int *error)
{
    int ms = client_is_impatient() ? QUERY_AFTER_HANG_MS : QUERY_MS;
    char *head = NULL;

    if (asprintf(&head, "GET %s HTTP/1.0\r\nHost: a\r\n", target) < 0)
        message_send("error", "memory", "none");
    char *answer = exchange(r, head, "", 0, clock_ms() + ms, error);
    free(head);
    return answer;
}

/* Whether it is up; *why it never will be. */
static bool is_ready(struct room *r, const char **why)
{
    static char text[400];
    int error;
    char *answer = get(r, "/-/ready", &error);
    bool ready = answer && strstr(answer, " 200 ");

    free(answer);
    if (!ready && (error == -ECHILD || error == -EPIPE)) {
        const char *said = read_said(r->said), *p = strstr(said, "err=");
        snprintf(text, sizeof text, "Prometheus ended: %.300s", p ? p : said);
        *why = text;
    }
    return ready;
}

const char *room_open(struct room *r, const struct room_file *files,
                      const char *command)
{
    int pair[2];
    const char *why = NULL;

    need_tools();
    need_box();
    *r = (struct room){.said = memfd_create("said", MFD_CLOEXEC)};
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
        message_send("error", "a socket", strerror(errno));
    r->wire = pair[0];
    r->pid = fork();
    if (r->pid == 0)
        become_room(pair[1], r->said, files, command);
    close(pair[1]);
    r->listener = order(r, 'L');
    if (r->listener < 0)
        message_send("error", "a listener in the room", strerror(-r->listener));
    for (int64_t end = clock_ms() + ROOM_MS; !is_ready(r, &why);) {
        if (why || clock_ms() > end)
            return why ? why : "Prometheus does not become ready";
        usleep(10000);
    }
    return NULL;
}

void room_close(struct room *r)
{
    kill(r->pid, SIGKILL);
    waitpid(r->pid, NULL, 0);
    close(r->wire);
    close(r->listener);
    close(r->said);
}

/* ---- queries ---- */

/* Each byte as %XX. */
static char *escaped(const char *text)
{
    char *out = malloc(3 * strlen(text) + 1), *p = out;

    *p = '\0';
    for (; *text; text++)
        p += sprintf(p, "%%%02X", (unsigned char)*text);
    return out;
}

/* A scalar as a vector of one. */
static json_t *as_vector(json_t *data)
{
    const char *type = json_string_value(json_object_get(data, "resultType"));
    json_t *result = json_object_get(data, "result");

    if (type && strcmp(type, "vector") == 0)
        return json_incref(result);
    if (type && strcmp(type, "scalar") == 0)
        return json_pack("[{s:{}, s:O}]", "metric", "value", result);
    return NULL;
}

static json_t *read_answer(const char *answer, char problem[300])
{
    const char *body = answer ? strstr(answer, "\r\n\r\n") : NULL;
    json_t *all = body ? json_loads(body, 0, NULL) : NULL;
    const char *error = json_string_value(json_object_get(all, "error"));
    const char *why = json_string_value(json_object_get(all, "errorType"));
    json_t *result = as_vector(json_object_get(all, "data"));

    if (!all || (why && strcmp(why, "timeout") == 0)) /* or it was ended */
        client_late("settings, rules and expressions that cost little",
                    "Prometheus does not answer in time");
    if (!result)
        snprintf(problem, 300, "%.290s",
                 error ? error : "it is neither a number nor a vector");
    json_decref(all);
    return result;
}

json_t *room_query(struct room *r, const char *expression, double time,
                   char problem[300])
{
    char *target = NULL, *text = escaped(expression), when[40] = "";
    int error;

    if (time > 0)
        snprintf(when, sizeof when, "&time=%.3f", time);
    if (asprintf(&target, "/api/v1/query?query=%s%s", text, when) < 0)
        message_send("error", "memory", "none");
    char *answer = get(r, target, &error);
    json_t *result = read_answer(answer, problem);
    free(answer);
    free(target);
    free(text);
    return result;
}

/* SPDX-License-Identifier: MIT
 *
 * room.h - promtool and Prometheus in a sandbox, for tests of what they read
 *
 *     struct room r;
 *
 *     room_open(&r, files, ROOM_PROMETHEUS);
 *     json_t *result = room_query(&r, "sum(up)", t, problem);
 *     room_close(&r);
 *
 * Rules, settings and expressions are a stranger's. So they are read where
 * there is nothing else: no file but those given, no network but a loopback of
 * its own, limits on processor, memory and files. What needs more than these
 * fails the test, and makes the suite impatient (client_late). In a room, port 8000 of
 * 127.0.0.1 is the test's: room.listener, a socket that does not block.
 *
 * Without prometheus, promtool or namespaces a test is inconclusive, and says
 * what is missing.
 */
#ifndef JUDGE_ROOM_H
#define JUDGE_ROOM_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/* The last one of a list has no path. */
struct room_file {
    const char *path; /* "/lab/rules.yml" */
    const char *text;
};

struct room {
    pid_t pid;
    int wire, listener, said;
};

#define ROOM_OPTIONS                                                     \
    "--web.listen-address=127.0.0.1:9090 --storage.tsdb.path=/tmp/data " \
    "--query.timeout=$ROOM_QUERY --query.max-samples=2000000 --log.level=warn"
#define ROOM_PROMETHEUS \
    "exec prometheus --config.file=/lab/prometheus.yml " ROOM_OPTIONS

/* Runs a shell command to its end. What it prints is in *said, which lives
 * until the next call. Returns its status. */
int room_run(const struct room_file *files, const char *command,
             const char **said);

/* Starts a command that becomes Prometheus on port 9090, and waits until it
 * answers. Returns NULL, or why there is none: it ended, or took too long. */
const char *room_open(struct room *r, const struct room_file *files,
                      const char *command);

/* What the expression is at that time (0: now): an array of {"metric": {},
 * "value": [time, "number"]}; a scalar is one without labels. NULL: Prometheus
 * refuses it; `problem` says why. The caller owns it. */
json_t *room_query(struct room *r, const char *expression, double time,
                   char problem[300]);

void room_close(struct room *r);

/* The program inside; see main.c. */
_Noreturn void room_main(void);

#endif

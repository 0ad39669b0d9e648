/* SPDX-License-Identifier: MIT
 *
 * room.h - grade a submission where nothing else is, and look at what is left
 *
 * A room has its own processes, network, IPC, /tmp and /dev/shm. So what a
 * grading leaves behind is seen exactly, whatever else the machine does, and
 * the end of the room ends it.
 *
 *     struct room r;
 *
 *     if (!room_open(&r, root, &task)) ...
 *     pid_t pid = room_wait_any() ...       // waitpid(2)
 *     json_t *result = room_result(&r);     // the caller owns it
 *
 * The result: "status" of grade, its "said" (standard error), "lab" (its
 * object of the result), "seconds", "left" (an array of sentences), "next" (what
 * was wrong with the next submission, or "").
 *
 * Needs root, or a kernel that lets users make namespaces.
 */
#ifndef JUDGES_ROOM_H
#define JUDGES_ROOM_H

#include <jansson.h>
#include <stdbool.h>
#include <sys/types.h>

struct task {
    const char *lab;   /* "01-counter" */
    const char *file;  /* which file of the lab the text replaces */
    const char *text;  /* the file, without the first line below */
    size_t size;       /* of the text */
    const char *first; /* put before it, "" for nothing */
    const char *cc;
    bool then_solution; /* if it ran, grade a test of the solution after it */
};

struct room {
    pid_t pid;
    int result; /* a file in memory */
};

/* Starts the grading and returns. `root` is the top of the project. */
bool room_open(struct room *r, const char *root, const struct task *t);

/* After the process has ended. NULL: the room failed; it has said why. */
json_t *room_result(struct room *r);

#endif

/* SPDX-License-Identifier: MIT
 *
 * box.h - run a program in a sandbox of bubblewrap (bwrap(1))
 *
 *     struct box b;
 *
 *     if (fork() == 0) {
 *         box_start(&b);
 *         box_file(&b, fd, "/sub.so", 0444);
 *         box_environment(&b, "PATH", "/usr/bin");
 *         box_exec(&b, (char *[]){"/usr/bin/gcc", "-v", NULL});
 *     }
 *
 * Inside: /usr and its links read-only, an empty /tmp, /proc and /dev of its
 * own, no network but its own loopback, no other process, an empty
 * environment, no capability. Files get in as open descriptors only, so it
 * does not matter whether the user inside may read the folders outside.
 *
 * Root is dropped first: whoever starts a box as root gets one of "nobody".
 *
 * Threads: for the child of a fork; each box belongs to its caller.
 */
#ifndef SUPPORT_BOX_H
#define SUPPORT_BOX_H

#include <stdbool.h>
#include <sys/types.h>

enum { BOX_ARGUMENTS = 1000, BOX_TEXTS = 400, BOX_TEXT = 16 };

struct box {
    const char *argv[BOX_ARGUMENTS];
    int n;
    char text[BOX_TEXTS][BOX_TEXT]; /* numbers as text */
    int texts;
};

void box_start(struct box *b);

/* A copy of what can be read from fd appears at `path`. The path must live
 * until box_exec(). */
void box_file(struct box *b, int fd, const char *path, mode_t mode);

void box_environment(struct box *b, const char *name, const char *value);

/* Becomes the program. Exits with 127 when that fails. */
_Noreturn void box_exec(struct box *b, char *const argv[]);

/* Where bubblewrap is, or NULL when it is not installed. */
const char *box_program(void);

/* Root becomes a user of no name, another one in each process, or nobody where
 * a user namespace knows no such number; others stay who they are. Exits with
 * 127 on failure. */
void box_drop_root(void);

#endif

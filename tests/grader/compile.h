/* SPDX-License-Identifier: MIT
 *
 * compile.h - make a shared object of a submission, in a sandbox that holds
 * nothing but its files, the contract's headers and the compiler
 */
#ifndef GRADER_COMPILE_H
#define GRADER_COMPILE_H

#include "cache.h"
#include "intake.h"

#include <sys/types.h>

/* The same code several times. The first is its preprocessed text, which all
 * others are made of; a driver of the same kind loads each of the next three;
 * the last is a program, the schedule explorer with the lab's scenarios. */
enum build {
    BUILD_TEXT,
    BUILD_PLAIN,
    BUILD_MEMORY,
    BUILD_RACES,
    BUILD_SCHEDULES,
    BUILD_COUNT
};

struct compilation {
    enum build build;
    const struct course *course;
    const struct lab *lab;
    const char *cc;
    pid_t pid;
    int object;   /* a file that holds the shared object or program, or -1 */
    int parts;    /* a file for texts or objects, a file of the lab each */
    int messages; /* a file that holds what the compiler said */
    struct intake texts; /* of BUILD_TEXT, finished: the preprocessed files */
    const struct intake *files;     /* the submission's */
    const struct intake *in;        /* what is compiled: those, or texts */
    char key[LAB_FILES][CACHE_KEY]; /* each one's object in the cache */
    int cached[LAB_FILES];          /* a file that holds it, or -1 */
    char *said[LAB_FILES];          /* what the compiler said of it, or NULL */
    int64_t deadline_ms;
    bool boxed;
    bool ran;        /* after compile_finish(): the compiler said yes or no */
    char folder[64]; /* without a sandbox: the temporary folder */
};

/* "plain", "memory", "races": names of the drivers' programs, too. */
const char *build_name(enum build b);

/* The flags, for the digest. The result lives for ever. */
const char *compile_flags(enum build b);

/* Starts the compiler ("gcc" or "clang", of this version). BUILD_TEXT takes the
 * submission's files and preprocesses them, and texts is NULL; the others take
 * `texts` of that, so that all are builds of one text, and quote the files in
 * their messages. All that is passed must live as long as c. Objects of the
 * same text that the cache has are not made again. Returns false when the
 * sandbox cannot be set up; errno says why. */
bool compile_start(struct compilation *c, const struct course *course,
                   const struct lab *lab, const struct intake *files,
                   const struct intake *texts, enum build b, const char *cc,
                   const char *version);

/* Whether a sandbox can be had here; found out once. */
bool compile_can_box(void);

/* Waits for it. Returns whether it was made, and has it in `texts` or `object`;
 * otherwise the messages say why. Unless `ran`, that is no fault of the submission. */
bool compile_finish(struct compilation *c);

/* What the compiler said, cut to the buffer; nothing of objects that the cache
 * had. */
void compile_messages(const struct compilation *c, char *text, size_t size);

void compile_free(struct compilation *c);

/* Removes the temporary files of a process that was killed while it compiled. */
void compile_sweep(const struct course *course, pid_t pid);

#endif

/* SPDX-License-Identifier: MIT
 *
 * gradebook.h - every mark and how it came about: one SQLite file
 *
 * A grading is one student, one lab, one submission, one set of tests; it is
 * kept for ever, with the files that were graded and the whole result. What
 * counts now is the table `current`. Each change of the file is one
 * transaction: a process that is killed, or a full disk, loses nothing that
 * was recorded and leaves nothing half recorded.
 *
 *     student  the roster of the last run
 *     file     what was handed in, by the digest of the submission
 *     grading  a row a grading: key, status, points, the result as JSON
 *     verdict  a row a test of a grading
 *     current  which grading counts, and how late it was
 *     change   what replaced what, and why
 *     task     what was to be graded when the run ended
 *
 * One process at a time: gradebook_open() takes a lock.
 */
#ifndef CLASS_GRADEBOOK_H
#define CLASS_GRADEBOOK_H

#include "roster.h"

#include <jansson.h>
#include <sqlite3.h>

struct gradebook {
    sqlite3 *db;
    char path[4096];
    int lock;
    char problem[4096];
};

struct grading {
    const char *student, *lab;
    const char *submission, *tests, *compiler; /* digests, and its words */
    int round;                                 /* 0, or of --again */
    const char *status, *reason;
    int score, max_score;
    const json_t *result; /* the lab's object of the result, or NULL */
    const char *source, *note;
    int days_late; /* or ROSTER_NOT_SAID */
};

/* Opens DIR/gradebook.db, or makes it. With `write` it takes the lock. Returns
 * false with the problem: a damaged file is refused, and the problem says how
 * to recover. */
bool gradebook_open(struct gradebook *g, const char *folder, bool write);

/* Copies the file, whole, to DIR/gradebook.backup.db. */
bool gradebook_back_up(struct gradebook *g);

void gradebook_close(struct gradebook *g);

/* Replaces the roster. */
bool gradebook_roster(struct gradebook *g, const struct roster *r);

/* Keeps the files of a lab's staged folder under their digest. */
bool gradebook_keep_files(struct gradebook *g, const char *digest,
                          const struct lab *lab, const char *folder);

/* Notes that a grading is going to be made, under a key that names its files
 * in the work folder. */
bool gradebook_plan(struct gradebook *g, const char *key,
                    const struct grading *what);

/* If such a grading is there already, it becomes the current one: true. */
bool gradebook_has(struct gradebook *g, const struct grading *what,
                   bool *there);

/* Records a grading and makes it the current one; `key` is its plan, or NULL.
 * What it replaces is noted as a change. */
bool gradebook_record(struct gradebook *g, const struct grading *what,
                      const char *key);

bool gradebook_forget_plan(struct gradebook *g, const char *key);

/* Asks with values for the question marks: 's' a text, 'i' an int. NULL with
 * the problem. The caller finalizes it. */
sqlite3_stmt *gradebook_ask(struct gradebook *g, const char *sql,
                            const char *kinds, ...);

/* Does it, and forgets the rows. */
bool gradebook_do(struct gradebook *g, const char *sql, const char *kinds, ...);

/* A text that is never NULL. */
const char *gradebook_text(sqlite3_stmt *s, int column);

#endif

/* SPDX-License-Identifier: MIT
 *
 * handin.h - which file or folder of an export is whose
 *
 * Understood are the names that these give (checked against the sources of
 * Canvas, content_zipper.rb, and Moodle, assign/locallib.php, and against
 * exports of Gradescope):
 *
 *     Canvas      doejane_LATE_<user>_<file>_lab.zip, or the files themselves;
 *                 <user> is canvas_id of the roster, else the name decides
 *     Moodle      Jane Doe_<participant>_assignsubmission_file_/ with the files
 *                 in it, or with their names behind it
 *     Gradescope  submission_<n>/ and submission_metadata.yml, which has the
 *                 ids, addresses, names and times
 *     plain       <id>/, <id>.zip, <id>_2026-10-01.tar.gz; or <login>...
 */
#ifndef CLASS_HANDIN_H
#define CLASS_HANDIN_H

#include "roster.h"

struct handin {
    size_t student; /* its place in the roster */
    char *path;
    char *base;  /* the name that the student gave, of a loose file; or "" */
    bool loose;  /* a file among others, not a folder or an archive */
    bool late;   /* the course system says so */
    time_t when; /* or ROSTER_NOT_SAID */
    long long number; /* the later, the larger; 0: not known */
    char *tag;        /* what is behind the id in its name */
};

/* What is nobody's, and why. */
struct stray {
    char *path;
    const char *why;
};

struct handins {
    struct handin *items; /* by student, then from the first to the latest */
    size_t count;
    struct stray *strays;
    size_t stray_count;
    char problem[4400];
};

/* Looks through a folder. Returns false with the problem when it cannot be
 * read. */
bool handin_scan(struct handins *h, const struct roster *r, const char *folder);

/* The items of one student: the first, and how many. */
const struct handin *handin_of(const struct handins *h, size_t student,
                               size_t *count);

/* Whether a name ends as an archive's does. */
bool handin_is_archive(const char *name);

/* Names that file managers leave behind. */
bool handin_is_litter(const char *name);

void handin_free(struct handins *h);

#endif

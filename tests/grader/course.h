/* SPDX-License-Identifier: MIT
 *
 * course.h - where things are, and what the manifests say of the labs
 *
 * The root is the folder that holds labs/, tests/ and build/: two above the
 * program. A lab is known when tests/suites/NN-name/manifest exists.
 */
#ifndef GRADER_COURSE_H
#define GRADER_COURSE_H

#include <stdbool.h>
#include <stddef.h>

enum { LAB_FILES = 32, LAB_LINKS = 4, LAB_IMPORTS = 256, COURSE_LABS = 32 };

struct lab {
    char name[64]; /* "01-counter" */
    char title[96];
    char *files[LAB_FILES]; /* what is taken from a submission */
    size_t file_count;
    char *needs[LAB_FILES]; /* "01-counter/counter.c": of earlier labs */
    size_t need_count;
    size_t besides; /* the first ones of `needs` are linked under other names:
                     * met_beside_counter_inc for met_counter_inc */
    char beside_names[LAB_LINKS][80]; /* "beside-counter.c" */
    char *suites[LAB_LINKS]; /* of earlier labs, which are part of this one's
                              * judge and explorer: the Makefile links them */
    size_t suite_count;
    char *imports[LAB_IMPORTS]; /* what its code may call */
    size_t import_count;
    char *links[LAB_LINKS]; /* "deflate": it is linked with libdeflate */
    size_t link_count;
    char *exempt[LAB_FILES]; /* of `files`: inline assembly is allowed there */
    size_t exempt_count;
    bool network; /* its code may serve on the loopback device */
    int memory_points, race_points; /* of the replays under sanitizers */
    int schedule_points;            /* of the schedule explorer */
};

/* The name of source i without a folder: of the lab's own files, then of those
 * that it needs of earlier labs. NULL behind the last. */
const char *lab_source(const struct lab *l, size_t i);

struct course {
    char root[4096];
    struct lab labs[COURSE_LABS]; /* in order */
    size_t lab_count;
};

/* Reads all manifests. Returns NULL, or a sentence: which file, which line. */
const char *course_read(struct course *c);

/* Finds "01", "1", "counter" or "01-counter"; NULL when there is none. */
const struct lab *course_find(const struct course *c, const char *name);

/* The path of a file below the root; exits when it is too long. */
void course_path(const struct course *c, char path[4096], const char *format,
                 ...) __attribute__((format(printf, 3, 4)));

#endif

/* SPDX-License-Identifier: MIT
 *
 * intake.h - take the files of a lab out of what somebody handed in
 *
 * A submission is a folder, or an archive that libarchive reads (tar with any
 * compression, zip). Only the files that the manifest names are taken; they
 * lie in a folder of the lab's name, or at the top, or below one top folder.
 * Nothing is ever unpacked to the disk.
 *
 * A lab that needs files of earlier labs takes them from the same submission,
 * from the folders of those labs or from the same places as its own; or, with
 * `backfill`, from the solutions, so that a bad earlier lab costs nothing.
 *
 * What the student has noted of the help that was asked for (hints.h) is taken
 * if it is there; it is never a reason to refuse.
 *
 * Refused, with a sentence that names the culprit: links, absolute paths,
 * "..", a file twice, more than 1 MiB in a file, more than 64 MiB or 10000
 * entries in an archive.
 */
#ifndef GRADER_INTAKE_H
#define GRADER_INTAKE_H

#include "course.h"

struct taken_file {
    const char *name;   /* as in the manifest, without a folder */
    const char *beside; /* its name in a submission, when it is linked beside
                         * one that is called the same; else NULL */
    const char *folder; /* of the lab that it belongs to */
    char *bytes;        /* NULL: the submission has no such file */
    size_t size;
    int rank; /* how well its place fits: 2 in the lab's folder, 1 elsewhere */
};

struct intake {
    struct taken_file files[LAB_FILES];
    struct taken_file hints;
    size_t own;   /* files of the lab itself; those of earlier ones follow */
    size_t count; /* all files of the manifest */
    size_t found; /* of its own, those that the submission has */
    bool absent;  /* it could be read, and has none of them */
    char problem[512];
};

/* Whether a folder is called as another lab is: its files are of that one, also
 * where a file of this lab has the same name. `n`: the name's length. */
bool intake_is_another_lab(const char *folder, size_t n, const char *lab);

/* Returns false when the submission is refused or cannot be read; `problem`
 * says why. A submission without any of the files is such a case, too. */
bool intake_take(struct intake *in, const struct lab *lab, const char *path);

/* Replaces what the lab needs of earlier ones by the files of the solutions.
 * Returns false with the problem when there are none. */
bool intake_backfill(struct intake *in, const struct course *course);

void intake_free(struct intake *in);

#endif

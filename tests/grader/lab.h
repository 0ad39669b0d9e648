/* SPDX-License-Identifier: MIT
 *
 * lab.h - grade one lab of one submission, from its files to its points
 */
#ifndef GRADER_LAB_H
#define GRADER_LAB_H

#include "course.h"

#include <jansson.h>

/* What is heard before a lab is graded to its end. */
enum stage {
    STAGE_FIRST, /* one test, asked for by `first`, in a plain run */
    STAGE_SOME,  /* while that of all goes on, each time that a test has ended:
                    those before the first that has not, in the order of
                    STAGE_PLAIN, where each has the same verdict */
    STAGE_PLAIN  /* all tests, in a plain run */
};

struct order {
    const struct course *course;
    const char *path;    /* folder or archive */
    const char *cc;      /* "gcc" or "clang" */
    const char *version; /* what the compiler says of itself */
    const char *test;    /* one test only, or NULL */
    const char *repeat;  /* how to repeat, but for LAB and TEST */
    bool backfill;       /* files of earlier labs come from the solutions */
    bool quiet;          /* no text */

    /* For those who cannot wait: a test that is run before all others, and
     * who is told of the tests of a stage, as judge/report.h has them. When it
     * returns false, the lab is graded no further; but a run that has begun
     * (STAGE_SOME) goes on to its end. */
    const char *first;
    bool (*heard)(void *listener, enum stage stage, const json_t *tests);
    void *listener;
};

/* What is learned on the way, beside the result. */
struct outcome {
    const char *fence; /* "limits" when there was no sandbox */
    bool absent;       /* the submission has no file of this lab */
    bool stopped;      /* who was told of a stage wants no more */
    char problem[512]; /* why it cannot be graded */
};

/* Explores the schedules of a submission and prints what is found: all
 * scenarios, or one, or one execution of it that a token names. Returns false
 * with the problem when that cannot be done. */
bool lab_explore(const struct order *o, const struct lab *lab,
                 const char *scenario, const char *token, char problem[512]);

/* Returns the lab's object of the result, or NULL with the problem; also when
 * it was stopped, without one. */
json_t *lab_grade(const struct order *o, const struct lab *lab,
                  struct outcome *out);

#endif

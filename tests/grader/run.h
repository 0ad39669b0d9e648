/* SPDX-License-Identifier: MIT
 *
 * run.h - run a lab's judge on a shared object
 */
#ifndef GRADER_RUN_H
#define GRADER_RUN_H

#include "compile.h"

#include <jansson.h>

struct run {
    json_t *tests;  /* one object a test, as judge/report.h says */
    char fence[16]; /* "namespaces" or "limits" */
    double seconds;
    char problem[512]; /* why the judge could not judge; else empty */
};

/* All tests of the lab, without running one. NULL when the judge is missing
 * or broken; `problem` says why. The caller owns the array. */
json_t *run_list(const struct course *course, const struct lab *lab,
                 char problem[512]);

/* Who is told each time that a test has ended: `so_far` has those that have, in
 * the order in which they did. What is told of a test is its verdict, unless
 * the judge fails later: then nothing has one. */
struct run_listener {
    void (*heard)(void *self, const struct run *so_far);
    void *self;
};

/* Runs the named tests ("a,b"), or all when names is NULL. The drivers are
 * those built by `cc`. `to` may be NULL. Returns false when the judge itself
 * failed. */
bool run_judge(struct run *r, const struct course *course,
               const struct lab *lab, const struct compilation *c,
               const char *cc, const char *names, bool hurry,
               const struct run_listener *to);

/* The result of one test, or NULL. */
const json_t *run_find(const struct run *r, const char *name);

/* Whether a test passed / hung. */
bool run_passed(const json_t *test);
bool run_any_hung(const struct run *r);

void run_free(struct run *r);

#endif

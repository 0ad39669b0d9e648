/* SPDX-License-Identifier: MIT
 *
 * explore.h - run the schedule explorer on a submission
 *
 * The explorer (tests/interleave/) runs each scenario of a lab in every order
 * of its threads' steps, within bounds, and says which order is wrong. The
 * program shares its process with the submission, so it runs in a sandbox of
 * its own; the object gate and AddressSanitizer keep its answer honest.
 */
#ifndef GRADER_EXPLORE_H
#define GRADER_EXPLORE_H

#include "compile.h"

#include <jansson.h>

struct exploration {
    json_t *scenarios; /* one object each, as tests/interleave/json.c says */
    double seconds;
    char problem[256]; /* why there are fewer than there should be; or empty */
};

/* Runs all scenarios of the program, or replays one: `scenario` and `token`
 * are NULL for all. With `again`, the command that repeats one, what the
 * program prints goes to standard output. The sources of `in` give the
 * timeline the names of members. */
void explore_run(struct exploration *x, const struct compilation *c,
                 const struct intake *in, const char *scenario,
                 const char *token, const char *again);

/* The first of the named scenarios ("a b"; NULL: of all) whose verdict speaks
 * against the submission, or NULL. */
const json_t *explore_against(const struct exploration *x, const char *names);

/* The first that could not decide, or NULL. */
const json_t *explore_undecided(const struct exploration *x);

void explore_free(struct exploration *x);

#endif

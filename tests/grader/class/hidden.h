/* SPDX-License-Identifier: MIT
 *
 * hidden.h - what students are told of hidden tests
 *
 *     full     all that the grader knows
 *     name     name, verdict and points
 *     nothing  the points of all of them together
 *
 * What replays under sanitizers and the explorer say is shown, unless the
 * policy is not `full` and it names a hidden test.
 */
#ifndef CLASS_HIDDEN_H
#define CLASS_HIDDEN_H

#include <jansson.h>
#include <stdbool.h>

/* A copy of a lab's object of a result with no more than the policy allows.
 * With `nothing`, one test called hidden_tests stands for all. */
json_t *hidden_reduce(const json_t *lab, const char *policy);

#endif

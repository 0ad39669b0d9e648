/* SPDX-License-Identifier: MIT
 *
 * failing.h - what a student at work is told: the first test that fails, how
 * many do, or why there is nothing to test
 *
 * The tests are those of a run (judge/report.h) or of a result.
 */
#ifndef GRADER_FAILING_H
#define GRADER_FAILING_H

#include "lab.h"

/* The number that LAB= takes: "03". */
const char *failing_number(const struct lab *lab);

/* The test called `prefer` if it fails, else the first that does, or NULL. */
const json_t *failing_first(const json_t *tests, const char *prefer);

size_t failing_count(const json_t *tests);

/* The test as `make grade` shows it, and how to debug it. */
void failing_tell(const struct order *o, const struct lab *lab,
                  const json_t *test);

/* Why no test could be run, from a lab of a result. What the compiler says of
 * the files of earlier labs is left out: only that they are not right, and
 * where to look. */
void failing_problem(const struct lab *lab, const char *problem);

#endif

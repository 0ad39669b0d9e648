/* SPDX-License-Identifier: MIT
 *
 * report.h - one JSON object a line for each test, in the runner's process
 *
 * The first line is {"fence":"namespaces"|"limits"}. Then each test that ran:
 *     suite, name, file, line, points, sentence, hint, help, threads, schedules,
 *     status    passed, failed, inconclusive, or error (the judge's own)
 *     seconds, and for what did not pass: expected, got, steps, output
 */
#ifndef JUDGE_REPORT_H
#define JUDGE_REPORT_H

#include <criterion/types.h>

/* The section where Criterion collects the tests of a program; some are NULL. */
extern struct criterion_test *const __start_cr_tst[];
extern struct criterion_test *const __stop_cr_tst[];

/* Where the lines go; without it, none are written. */
void report_to(int fd);

void report_fence(const char *fence);

/* All tests of this judge, without running one: the same lines, without
 * status and what belongs to it. */
void report_list(void);

#endif

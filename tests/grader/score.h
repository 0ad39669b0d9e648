/* SPDX-License-Identifier: MIT
 *
 * score.h - from what the runs of a lab found to points
 *
 * A test has all of its points or none. "inconclusive" keeps them: a test that
 * cannot decide takes nothing.
 *
 * A test with threads passes only if it passes under ThreadSanitizer, too:
 * that a sum came out right once is luck, that no two accesses race is not.
 * Nor may AddressSanitizer find more in it than a leak: such a test is answered
 * in the process of the submission, which could otherwise look up the answer
 * in memory that is not its own.
 *
 * And the scenarios of the schedule explorer that such a test names must not be
 * wrong in any order: ThreadSanitizer is silent about a load, an addition and a
 * store that are each atomic.
 *
 * Two more tests are made from the replays of the suite under sanitizers. Each
 * passes when no sanitizer found anything, and at least half of the tests
 * without threads pass: code that does nothing has no memory errors, either.
 * For races and schedules, half of the tests with threads must pass, too.
 * The test of the explorer itself passes when no scenario is wrong in any order
 * that was tried; one that could not decide keeps the points.
 */
#ifndef GRADER_SCORE_H
#define GRADER_SCORE_H

#include "explore.h"
#include "run.h"

#define SCORE_MEMORY_TEST "no_memory_error"
#define SCORE_RACES_TEST "no_data_race"
#define SCORE_SCHEDULES_TEST "no_wrong_schedule"

struct score_input {
    const struct lab *lab;
    const json_t *list;       /* all tests, as run_list() gives them */
    const struct run *plain;  /* NULL: nothing could be run, see reason */
    const struct run *memory; /* NULL: not replayed, see replay_reason */
    const struct run *races;
    const struct exploration *schedules; /* NULL: not explored */
    const char *reason;                  /* why every test failed */
    const char *memory_reason, *races_reason, *schedules_reason;
    const char *only;   /* the only test wanted, or NULL */
    const char *repeat; /* the command that repeats a test but for its name */
    const char *replay; /* the one that replays a schedule, but for its token */
};

/* The lab's object of the result: lab, score, max_score, tests. */
json_t *score_lab(const struct score_input *in);

/* Whether enough of a plain run passes to judge the rest by it. */
bool score_half_passes(const struct run *plain);

/* The points for no data race among these tests: none when none has threads, as
 * in what students see of lab 06. Then there is nothing to replay. */
int score_race_points(const struct lab *lab, const json_t *list);

#endif

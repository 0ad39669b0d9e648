/* SPDX-License-Identifier: MIT
 *
 * score.c - from what the runs of a lab found to points
 */
#include "score.h"

#include <stdio.h>
#include <string.h>

static const char *text_of(const json_t *o, const char *key)
{
    const char *s = json_string_value(json_object_get(o, key));

    return s ? s : "";
}

/* A test's object, before there is a verdict. */
static json_t *blank(const struct score_input *in, const char *suite,
                     const char *name, int points, const char *sentence,
                     const char *hint)
{
    json_t *repeat = json_sprintf("%s TEST=%s", in->repeat, name);

    return json_pack("{s:s, s:s, s:i, s:i, s:s, s:s, s:s, s:s, s:s, s:o, s:f}",
                     "name", name, "suite", suite, "score", 0, "max_score",
                     points, "status", "skipped", "sentence", sentence, "hint",
                     hint, "expected", "", "got", "", "repeat", repeat,
                     "seconds", 0.0);
}

static void decide(json_t *test, const char *status, const char *expected,
                   const char *got)
{
    bool keeps =
        strcmp(status, "passed") == 0 || strcmp(status, "inconclusive") == 0;

    json_object_set_new(test, "status", json_string(status));
    json_object_set_new(test, "expected", json_string(expected));
    json_object_set_new(test, "got", json_string(got));
    if (keeps)
        json_object_set(test, "score", json_object_get(test, "max_score"));
}

/* Takes over what a run found about a test. */
static void adopt(json_t *test, const json_t *found)
{
    json_t *steps = json_object_get(found, "steps");
    json_t *output = json_object_get(found, "output");

    decide(test, text_of(found, "status"), text_of(found, "expected"),
           text_of(found, "got"));
    if (steps)
        json_object_set(test, "steps", steps);
    if (output && *json_string_value(output))
        json_object_set(test, "output", output);
    double before = json_number_value(json_object_get(test, "seconds"));
    double more = json_number_value(json_object_get(found, "seconds"));
    json_object_set_new(test, "seconds", json_real(before + more));
}

/* A test's own hint is about its sentence. What stands here comes before it:
 * the test ended in another way. */
static void lead_with(json_t *test, const char *first)
{
    const char *own = text_of(test, "hint");

    json_object_set_new(test, "hint",
                        json_sprintf("%s%s%s", first, *own ? " " : "", own));
}

static void lead_endings(json_t *tests)
{
    static const char *const leads[][2] = {
        {"hung: no answer", "It hung: is a lock taken twice, or never given "
                            "back? Is there a loop that never ends? What is "
                            "waited for that never comes?"},
        {"hung: ", "`got` says what did not come. Which thread brings it, and "
                   "what does that thread wait for?"},
        {"crashed: SIG", "It crashed: `got` says where. Which pointer in that "
                         "line is NULL, or was never set?"}};
    size_t i;
    json_t *t;

    json_array_foreach(tests, i, t)
    {
        for (size_t k = 0; k < sizeof leads / sizeof *leads; k++)
            if (strncmp(text_of(t, "got"), leads[k][0], strlen(leads[k][0])) ==
                0) {
                lead_with(t, leads[k][1]);
                break;
            }
    }
}

static bool is_wanted(const struct score_input *in, const char *name)
{
    return !in->only || strcmp(in->only, name) == 0;
}

/* What AddressSanitizer found in this test, or NULL. A leak says nothing about
 * an answer; one who reads or writes what is not his may have made it up. */
static const json_t *memory_error(const struct score_input *in,
                                  const char *name)
{
    const json_t *t = in->memory ? run_find(in->memory, name) : NULL;
    bool leak = strncmp(text_of(t, "got"), "leaks", 5) == 0;

    return json_is_true(json_object_get(t, "finding")) && !leak ? t : NULL;
}

/* What the explorer found in the scenarios that this test names, or NULL. */
static const json_t *wrong_schedule(const struct score_input *in,
                                    const json_t *about)
{
    const char *names = text_of(about, "schedules");

    return in->schedules && *names ? explore_against(in->schedules, names)
                                   : NULL;
}

/* The verdict is the explorer's: the sentence, the order, how to see it. */
static void blame_schedule(json_t *test, const struct score_input *in,
                           const json_t *found)
{
    char got[1024];
    json_t *repeat =
        json_sprintf("%s SCENARIO=%s TOKEN=%s", in->replay,
                     text_of(found, "scenario"), text_of(found, "token"));

    snprintf(got, sizeof got, "%s%s%s: %s", text_of(found, "got"),
             *text_of(found, "got") ? "; " : "", text_of(found, "verdict"),
             text_of(found, "sentence"));
    decide(test, "failed", text_of(found, "expected"), got);
    json_object_set(test, "timeline", json_object_get(found, "timeline"));
    json_object_set_new(test, "repeat", repeat);
}

/* One test of the suites. */
static json_t *score_test(const struct score_input *in, const json_t *about)
{
    const char *name = text_of(about, "name");
    json_t *test =
        blank(in, text_of(about, "suite"), name,
              (int)json_integer_value(json_object_get(about, "points")),
              text_of(about, "sentence"), text_of(about, "hint"));
    const json_t *plain = in->plain ? run_find(in->plain, name) : NULL;
    const json_t *races = in->races ? run_find(in->races, name) : NULL;
    bool threads = json_is_true(json_object_get(about, "threads"));

    if (!plain)
        decide(test, "failed", "the submission can be tested", in->reason);
    else if (run_passed(plain) && threads && !races)
        decide(test, "failed", "the replay under ThreadSanitizer passes",
               in->races_reason);
    else if (run_passed(plain) && races && !run_passed(races))
        adopt(test, races);
    else if (run_passed(plain) && threads && memory_error(in, name)) {
        adopt(test, memory_error(in, name));
        lead_with(test, "The answers were right; a memory access is wrong: "
                        "`got` says which.");
    } else if (wrong_schedule(in, about))
        blame_schedule(test, in, wrong_schedule(in, about));
    else
        adopt(test, plain);
    return test;
}

/* ---- the two replays ---- */

/* Whether this is a test with threads, and ThreadSanitizer or the explorer has
 * found something in it. */
static bool is_out_of_order(const struct score_input *in, const char *name)
{
    const json_t *races = in->races ? run_find(in->races, name) : NULL;
    size_t i;
    json_t *t;

    json_array_foreach(in->list, i, t)
    {
        if (strcmp(text_of(t, "name"), name) == 0)
            return json_is_true(json_object_get(t, "threads")) &&
                   (json_is_true(json_object_get(races, "finding")) ||
                    wrong_schedule(in, t));
    }
    return false;
}

/* The first replayed test that speaks against the submission: a finding, or
 * one that passes only without the sanitizer. The latter is no sign in a test
 * with threads: its sum may be right in one run and wrong in the next, and a
 * verdict must not depend on that. Nor is a memory error one where a race or
 * a wrong order is known: then it is luck whether it shows. */
static const json_t *against(const struct score_input *in,
                             const struct run *replay, bool *finding)
{
    const json_t *other = NULL;
    size_t i;
    json_t *t;

    json_array_foreach(replay->tests, i, t)
    {
        const json_t *p = run_find(in->plain, text_of(t, "name"));
        if (replay == in->memory && is_out_of_order(in, text_of(t, "name")))
            continue;
        *finding = json_is_true(json_object_get(t, "finding"));
        if (*finding)
            return t;
        bool lucky = json_is_true(json_object_get(t, "threads"));
        if (!other && !lucky && !run_passed(t) && p && run_passed(p))
            other = t;
    }
    return other;
}

/* Code that does nothing has no memory errors, no races and no wrong
 * schedules. Tests with threads do not count: how many of them pass may be
 * luck. Nor do tests without a result, for want of a tool: they are no fault
 * of the submission. */
bool score_half_passes(const struct run *plain)
{
    size_t n = 0, passed = 0, i;
    json_t *t;

    json_array_foreach(plain->tests, i, t)
    {
        bool counts = !json_is_true(json_object_get(t, "threads")) &&
                      strcmp(text_of(t, "status"), "inconclusive") != 0;
        n += counts;
        passed += counts && run_passed(t);
    }
    return n > 0 && 2 * passed >= n;
}

/* The same for races and schedules, among the tests with threads as they were
 * scored: with the explorer's word, that is no luck any more. */
static bool threads_pass(const json_t *list, const json_t *scored)
{
    size_t n = 0, passed = 0, i;
    json_t *t;

    json_array_foreach(list, i, t)
    {
        bool threads = json_is_true(json_object_get(t, "threads"));
        const json_t *s = json_array_get(scored, i);
        n += threads;
        passed += threads && strcmp(text_of(s, "status"), "passed") == 0;
    }
    return 2 * passed >= n;
}

#define TOO_FEW                                                             \
    "no finding, while at least half of the tests pass, and half of those " \
    "with threads"

static void blame(json_t *test, const json_t *found, bool finding)
{
    char got[1024];

    snprintf(got, sizeof got, "%s%s (in the test %s)", text_of(found, "got"),
             finding ? "" : ", which it does not do without the sanitizer",
             text_of(found, "name"));
    adopt(test, found);
    decide(test, "failed", "no finding", got);
}

static json_t *score_replay(const struct score_input *in, const char *name,
                            int points, const char *sentence, const char *hint,
                            const struct run *replay, const char *reason,
                            bool enough)
{
    json_t *test = blank(in, "replay", name, points, sentence, hint);
    bool finding = false;

    const json_t *found =
        replay && in->plain ? against(in, replay, &finding) : NULL;
    if (!replay || !in->plain)
        decide(test, "failed", "the replay can be run",
               in->plain ? reason : in->reason);
    else if (found)
        blame(test, found, finding);
    else if (!enough)
        decide(test, "failed", TOO_FEW,
               "nothing was found, but too few pass for that to count: repair "
               "the others first");
    else
        decide(test, "passed", "", "");
    if (replay)
        json_object_set_new(test, "seconds", json_real(replay->seconds));
    return test;
}

/* ---- the explorer ---- */

static bool has_text(const json_t *array, const char *text)
{
    size_t i;
    json_t *item;

    json_array_foreach(array, i, item)
    {
        if (strcmp(json_string_value(item), text) == 0)
            return true;
    }
    return false;
}

/* What the scenarios of `x` did beyond the model, each thing once. */
static void add_not_modelled(json_t *all, const struct exploration *x)
{
    char text[512];
    size_t i, k;
    json_t *s, *item;

    json_array_foreach(x->scenarios, i, s)
    {
        if (strcmp(text_of(s, "verdict"), "passed") != 0)
            continue;
        json_array_foreach(json_object_get(s, "not_modelled"), k, item)
        {
            snprintf(text, sizeof text, "not modelled: %s",
                     json_string_value(item));
            if (!has_text(all, text))
                json_array_append_new(all, json_string(text));
        }
    }
}

/* What a pass does not say, in one sentence a scenario. */
static json_t *bounds_of(const struct exploration *x)
{
    json_t *all = json_array(), *s;
    size_t i;

    json_array_foreach(x->scenarios, i, s)
    {
        const json_t *bounds = json_object_get(s, "bounds");
        long most =
            (long)json_integer_value(json_object_get(bounds, "preemptions"));
        long older =
            (long)json_integer_value(json_object_get(bounds, "older_values"));
        long n = (long)json_integer_value(json_object_get(s, "executions"));
        bool complete = json_is_true(json_object_get(s, "complete"));
        if (strcmp(text_of(s, "verdict"), "passed") != 0)
            continue;
        json_array_append_new(
            all, complete
                     ? json_sprintf("%s: complete, %ld execution%s for all",
                                    text_of(s, "scenario"), n,
                                    n == 1 ? " stands" : "s stand")
                     : json_sprintf("%s: %ld executions, up to %ld "
                                    "preemptions and %ld older values",
                                    text_of(s, "scenario"), n, most, older));
    }
    add_not_modelled(all, x);
    return all;
}

/* What to ask about a timeline depends on what is wrong in it. */
static const char *schedule_hint(const json_t *found, const json_t *open)
{
    const char *verdict = text_of(found, "verdict");

    if (!found && open)
        return strstr(text_of(open, "sentence"), "steps")
                   ? "Is there a loop that waits, and changes something while "
                     "it does? Look first, and copy or count when it is over."
                   : "make explore says which scenario, and how far it came.";
    if (!found)
        return "Repair the tests that fail without it first.";
    if (strcmp(verdict, "race") == 0)
        return "The two steps that are marked use the same memory. What orders "
               "them? Which lock does each thread hold there?";
    if (strcmp(verdict, "deadlock") == 0 || strcmp(verdict, "livelock") == 0 ||
        strcmp(verdict, "lost-wakeup") == 0)
        return "In the end, what does each thread wait for, and which lock "
               "does it hold?";
    return "Follow the timeline step by step: at which step does a thread use "
           "a value that is no longer true?";
}

/* A scenario that was too large: which one, and why. */
static void leave_open(json_t *test, const json_t *open)
{
    char got[256];

    snprintf(got, sizeof got, "%s: %s", text_of(open, "scenario"),
             text_of(open, "sentence"));
    decide(test, "inconclusive", "every scenario is decided", got);
}

static json_t *score_schedules(const struct score_input *in, bool enough)
{
    const struct exploration *x = in->schedules;
    const json_t *found = x ? explore_against(x, NULL) : NULL;
    const json_t *open = x ? explore_undecided(x) : NULL;
    json_t *test =
        blank(in, "explorer", SCORE_SCHEDULES_TEST, in->lab->schedule_points,
              "No order of the threads' steps gives a wrong result "
              "(schedule explorer).",
              schedule_hint(found, open));

    if (!x || !in->plain)
        decide(test, "failed", "the scenarios can be explored",
               in->plain ? in->schedules_reason : in->reason);
    else if (found)
        blame_schedule(test, in, found);
    else if (!enough)
        decide(test, "failed", TOO_FEW,
               "nothing was found, but too few pass for that to count: repair "
               "the others first");
    else if (*x->problem)
        decide(test, "inconclusive", "an exploration that ends", x->problem);
    else if (open)
        leave_open(test, open);
    else
        decide(test, "passed", "", "");
    if (x) {
        json_object_set_new(test, "bounds", bounds_of(x));
        json_object_set_new(test, "seconds", json_real(x->seconds));
    }
    return test;
}

/* ---- all ---- */

int score_race_points(const struct lab *lab, const json_t *list)
{
    size_t i;
    json_t *t;

    json_array_foreach(list, i, t)
    {
        if (json_is_true(json_object_get(t, "threads")))
            return lab->race_points;
    }
    return 0;
}

static void add_replays(const struct score_input *in, json_t *tests)
{
    bool some = in->plain && score_half_passes(in->plain);
    bool threads = some && threads_pass(in->list, tests);
    int race_points = score_race_points(in->lab, in->list);

    if (in->lab->memory_points > 0)
        json_array_append_new(
            tests,
            score_replay(in, SCORE_MEMORY_TEST, in->lab->memory_points,
                         "No memory error, no undefined behaviour and no leak "
                         "(AddressSanitizer, UndefinedBehaviorSanitizer).",
                         "Read the finding from its first line: what, where, "
                         "and where the memory came from.",
                         in->memory, in->memory_reason, some));
    if (race_points > 0)
        json_array_append_new(
            tests, score_replay(in, SCORE_RACES_TEST, race_points,
                                "No data race (ThreadSanitizer).",
                                "Which two lines use the same memory, and what "
                                "orders them?",
                                in->races, in->races_reason, threads));
    if (in->lab->schedule_points > 0)
        json_array_append_new(tests, score_schedules(in, threads));
}

/* Where memory was given back too early, the crash comes elsewhere and later:
 * AddressSanitizer says whose memory it was, and the hint of the test that
 * crashed leads astray. */
static void lead_crashes_on(json_t *tests)
{
    const json_t *memory = NULL;
    size_t i;
    json_t *t;

    json_array_foreach(tests, i, t)
    {
        if (strcmp(text_of(t, "name"), SCORE_MEMORY_TEST) == 0)
            memory = t;
    }
    const char *got = text_of(memory, "got");
    if (strncmp(got, "uses memory after", 17) != 0 &&
        strncmp(got, "frees", 5) != 0)
        return;
    json_array_foreach(tests, i, t)
    {
        if (strncmp(text_of(t, "got"), "crashed: SIG", 12) == 0)
            json_object_set_new(t, "hint",
                                json_string("Repair " SCORE_MEMORY_TEST
                                            " first: it says whose memory this "
                                            "is, and who gave it back."));
    }
}

/* A test that was not asked for has no verdict. */
static void hide(json_t *test)
{
    json_object_set_new(test, "status", json_string("skipped"));
    json_object_set_new(test, "score", json_integer(0));
    json_object_set_new(test, "seconds", json_real(0));
    json_object_set_new(test, "expected", json_string(""));
    json_object_set_new(test, "got", json_string(""));
    json_object_del(test, "steps");
    json_object_del(test, "output");
    json_object_del(test, "timeline");
    json_object_del(test, "bounds");
}

json_t *score_lab(const struct score_input *in)
{
    json_t *tests = json_array(), *t;
    int score = 0, most = 0;
    size_t i;

    json_array_foreach(in->list, i, t)
    {
        json_array_append_new(tests, score_test(in, t));
    }
    add_replays(in, tests);
    lead_endings(tests);
    lead_crashes_on(tests);
    json_array_foreach(tests, i, t)
    {
        if (!is_wanted(in, text_of(t, "name")))
            hide(t);
        score += (int)json_integer_value(json_object_get(t, "score"));
        most += (int)json_integer_value(json_object_get(t, "max_score"));
    }
    return json_pack("{s:s, s:i, s:i, s:o}", "lab", in->lab->name, "score",
                     score, "max_score", most, "tests", tests);
}

/* SPDX-License-Identifier: MIT
 *
 * lab.c - grade one lab of one submission
 *
 * The way of a submission: intake, compile, inspect, run, score. The plain
 * verdict comes first; then all other builds are compiled at once, and each is
 * run as soon as its turn comes.
 */
#include "lab.h"

#include "compile.h"
#include "hints.h"
#include "inspect.h"
#include "intake.h"
#include "report.h"
#include "score.h"
#include "source.h"
#include "support/text.h"
#include "warnings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MESSAGES = 6000, WARNED = 65536 };

struct work {
    const struct order *o;
    const struct lab *lab;
    struct intake in;
    struct compilation c[BUILD_COUNT];
    bool started[BUILD_COUNT];
    struct run run[BUILD_COUNT]; /* none of BUILD_SCHEDULES */
    struct exploration schedules;
    bool explored;
    bool ran[BUILD_COUNT];
    char said[BUILD_COUNT][MESSAGES]; /* by compiler or gate */
    struct warnings warnings;
    json_t *list;
    bool stopped; /* who is told of the stages has heard enough */
};

/* ---- compile and inspect ---- */

static bool begin(struct work *w, enum build b)
{
    const struct intake *texts =
        b == BUILD_TEXT ? NULL : &w->c[BUILD_TEXT].texts;

    w->started[b] = compile_start(&w->c[b], w->o->course, w->lab, &w->in, texts,
                                  b, w->o->cc, w->o->version);
    return w->started[b];
}

/* The text and the object; what both find is told. */
static bool pass_gates(const struct work *w, char *said)
{
    const struct intake *texts = &w->c[BUILD_TEXT].texts;
    bool source = source_allowed(texts, w->lab, said, MESSAGES);
    size_t n = strlen(said);
    bool object = inspect_object(w->c[BUILD_PLAIN].object, w->lab, said + n,
                                 MESSAGES - n);

    return source && object;
}

/* The explorer is linked with what calls the contract. Its linker's words are
 * about our files: what the student left out is said instead. */
static void say_missing_function(char *said)
{
    static const char start[] = "undefined reference to `";
    const char *found = strstr(said, start);
    char name[120];

    if (!found)
        return;
    found += strlen(start);
    snprintf(name, sizeof name, "%.*s", (int)strcspn(found, "'\n"), found);
    snprintf(said, MESSAGES, "the function %s is missing", name);
}

/* #warning is of the preprocessor; all else is said of the object. */
static void note_warnings(struct work *w, enum build b)
{
    static char said[WARNED];

    if (b == BUILD_TEXT) {
        compile_messages(&w->c[b], said, sizeof said);
        warnings_add(&w->warnings, &w->in, said);
    }
    for (size_t i = 0; b == BUILD_PLAIN && i < LAB_FILES; i++)
        if (w->c[b].said[i])
            warnings_add(&w->warnings, &w->in, w->c[b].said[i]);
}

/* Whether there is an object that may run; else `said` says why. */
static bool finish(struct work *w, enum build b)
{
    char *said = w->said[b == BUILD_TEXT ? BUILD_PLAIN : b];

    if (!w->started[b])
        return false;
    if (!compile_finish(&w->c[b])) {
        int n =
            snprintf(said, MESSAGES, "%s does not compile:\n", w->lab->name);
        compile_messages(&w->c[b], said + n, (size_t)(MESSAGES - n));
        text_clean(said);
        if (b == BUILD_SCHEDULES)
            say_missing_function(said);
        return false;
    }
    note_warnings(w, b);
    bool may_run = true; /* what is explored is the text that was looked at */
    if (b == BUILD_PLAIN)
        may_run = pass_gates(w, said);
    else if (b == BUILD_MEMORY || b == BUILD_RACES)
        may_run = inspect_sanitized(w->c[b].object, said, MESSAGES);
    text_clean(said);
    return may_run;
}

/* ---- run ---- */

static bool is_threaded(const json_t *test)
{
    return json_is_true(json_object_get(test, "threads"));
}

/* The tests that are not in a suite, and the build that each is made from. */
static enum build build_of_test(const char *name)
{
    if (strcmp(name, SCORE_MEMORY_TEST) == 0)
        return BUILD_MEMORY;
    if (strcmp(name, SCORE_RACES_TEST) == 0)
        return BUILD_RACES;
    if (strcmp(name, SCORE_SCHEDULES_TEST) == 0)
        return BUILD_SCHEDULES;
    return BUILD_PLAIN;
}

static bool runs_in(enum build b, const json_t *test)
{
    if (b == BUILD_RACES)
        return is_threaded(test);
    return b == BUILD_PLAIN || !json_is_true(json_object_get(test, "texts"));
}

/* Names for the judge, "a,b"; the caller frees it. Empty: none. */
static char *names_for(const struct work *w, enum build b)
{
    char *names = calloc(1, 16384);
    const char *only = w->o->test;
    bool all = !only || build_of_test(only) != BUILD_PLAIN;
    size_t i;
    json_t *t;

    json_array_foreach(w->list, i, t)
    {
        const char *name = json_string_value(json_object_get(t, "name"));
        bool wanted = all || strcmp(name, only) == 0;
        size_t n = names ? strlen(names) : 16384;
        if (wanted && runs_in(b, t) && n < 16000)
            snprintf(names + n, 16384 - n, "%s%s", n ? "," : "", name);
    }
    return names;
}

static bool is_listed(const struct work *w, const char *name)
{
    size_t i;
    json_t *t;

    json_array_foreach(w->list, i, t)
    {
        if (strcmp(json_string_value(json_object_get(t, "name")), name) == 0)
            return true;
    }
    return false;
}

/* Whether who is told of it wants to hear more. */
static bool goes_on(struct work *w, enum stage stage, const struct run *r)
{
    w->stopped = w->o->heard && !w->o->heard(w->o->listener, stage, r->tests);
    return !w->stopped;
}

/* The test that somebody waits for, before all others. */
static bool run_first(struct work *w, char problem[512])
{
    struct run r;

    if (!w->o->first || !is_listed(w, w->o->first))
        return true;
    bool fine = run_judge(&r, w->o->course, w->lab, &w->c[BUILD_PLAIN],
                          w->o->cc, w->o->first, false, NULL);
    if (fine)
        goes_on(w, STAGE_FIRST, &r);
    else
        snprintf(problem, 512, "%s", r.problem);
    run_free(&r);
    return fine;
}

/* Two tests run at a time, so the one that ends first may stand behind the
 * other: what is told has no gap, and so the first failure in it is that of all. */
static void hear_some(void *self, const struct run *so_far)
{
    const struct work *w = self;
    json_t *some = json_array(), *t;
    size_t i;

    json_array_foreach(w->list, i, t)
    {
        const json_t *ended =
            run_find(so_far, json_string_value(json_object_get(t, "name")));
        if (!ended)
            break;
        json_array_append(some, (json_t *)ended);
    }
    w->o->heard(w->o->listener, STAGE_SOME, some);
    json_decref(some);
}

static bool run(struct work *w, enum build b, char problem[512])
{
    char *names = names_for(w, b);
    struct run_listener to = {hear_some, w};
    bool told = b == BUILD_PLAIN && w->o->heard;
    bool hurry = b != BUILD_PLAIN && run_any_hung(&w->run[BUILD_PLAIN]);
    bool fine = true;

    if (names && *names) {
        fine = run_judge(&w->run[b], w->o->course, w->lab, &w->c[b], w->o->cc,
                         names, hurry, told ? &to : NULL);
        w->ran[b] = fine;
        if (!fine)
            snprintf(problem, 512, "%s", w->run[b].problem);
    }
    free(names);
    return fine;
}

static void tell(const struct work *w, enum build b, const char *what)
{
    size_t i, n = json_array_size(w->run[b].tests), passed = 0;
    json_t *t;

    json_array_foreach(w->run[b].tests, i, t)
    {
        passed += run_passed(t);
    }
    report_progress(w->o->quiet, "  %-28s %2zu of %2zu tests pass%10.1f s\n",
                    what, passed, n, w->run[b].seconds);
}

/* ---- all of it ---- */

static bool wants_replay(const struct work *w, enum build b)
{
    const int points[] = {[BUILD_MEMORY] = w->lab->memory_points,
                          [BUILD_RACES] = score_race_points(w->lab, w->list),
                          [BUILD_SCHEDULES] = w->lab->schedule_points};
    const char *only = w->o->test;
    size_t i;
    json_t *t;

    if (points[b] <= 0)
        return false;
    if (!only || build_of_test(only) == b)
        return true;
    /* these two look at the scores of all tests with threads */
    if (build_of_test(only) == BUILD_RACES ||
        build_of_test(only) == BUILD_SCHEDULES)
        return true;
    json_array_foreach(w->list, i, t)
    {
        if (is_threaded(t) &&
            strcmp(json_string_value(json_object_get(t, "name")), only) == 0)
            return true;
    }
    return false;
}

/* That the compiler cannot be run must not cost a student points. */
static bool compiler_ran(const struct work *w, enum build b, char problem[512])
{
    char said[300];

    if (w->c[b].ran)
        return true;
    compile_messages(&w->c[b], said, sizeof said);
    said[strcspn(said, "\n")] = '\0';
    snprintf(problem, 512, "the compiler cannot be run here: %s",
             *said ? said : "no sandbox, and no other user to be");
    return false;
}

static bool replay(struct work *w, enum build b, const char *what,
                   char problem[512])
{
    if (!w->started[b])
        return true;   /* not wanted */
    if (!finish(w, b)) /* the score says why there is none */
        return compiler_ran(w, b, problem);
    if (!run(w, b, problem))
        return false;
    if (w->ran[b])
        tell(w, b, what);
    return true;
}

static void tell_schedules(const struct work *w)
{
    size_t i, n = json_array_size(w->schedules.scenarios), passed = 0;
    json_t *s;

    json_array_foreach(w->schedules.scenarios, i, s)
    {
        const char *v = json_string_value(json_object_get(s, "verdict"));
        passed += v && strcmp(v, "passed") == 0;
    }
    report_progress(w->o->quiet, "  %-28s %2zu of %2zu scenarios pass%6.1f s\n",
                    "in every schedule", passed, n, w->schedules.seconds);
}

static bool explore(struct work *w, char problem[512])
{
    if (!w->started[BUILD_SCHEDULES])
        return true; /* not wanted */
    if (!finish(w, BUILD_SCHEDULES))
        return compiler_ran(w, BUILD_SCHEDULES, problem);
    explore_run(&w->schedules, &w->c[BUILD_SCHEDULES], &w->in, NULL, NULL,
                NULL);
    w->explored = true;
    tell_schedules(w);
    return true;
}

/* Then the replays would hang as often, each hang to its deadline, and the
 * verdict would be the same: too few tests pass. */
static bool hangs_everywhere(const struct work *w)
{
    const struct run *plain = &w->run[BUILD_PLAIN];

    return run_any_hung(plain) && !score_half_passes(plain);
}

/* Not beside the plain run: its verdict is waited for. */
static bool begin_replays(struct work *w, char problem[512])
{
    for (enum build b = BUILD_MEMORY; b < BUILD_COUNT; b++)
        if (wants_replay(w, b) && !begin(w, b)) {
            snprintf(problem, 512, "the compiler cannot be started");
            return false;
        }
    return true;
}

static bool run_all(struct work *w, char problem[512])
{
    if (!run_first(w, problem))
        return false;
    if (w->stopped)
        return true;
    if (!run(w, BUILD_PLAIN, problem))
        return false;
    tell(w, BUILD_PLAIN, "plain");
    if (!goes_on(w, STAGE_PLAIN, &w->run[BUILD_PLAIN]))
        return true;
    if (hangs_everywhere(w)) {
        for (enum build b = BUILD_MEMORY; b < BUILD_COUNT; b++)
            snprintf(w->said[b], MESSAGES, "not replayed: too many tests hang");
        return true;
    }
    return begin_replays(w, problem) &&
           replay(w, BUILD_RACES, "under ThreadSanitizer", problem) &&
           replay(w, BUILD_MEMORY, "under AddressSanitizer", problem) &&
           explore(w, problem);
}

static void note_hints(const struct work *w, json_t *lab)
{
    char text[HINTS_BYTES] = "";

    if (!w->in.hints.bytes)
        return;
    memcpy(text, w->in.hints.bytes, w->in.hints.size); /* intake: it fits */
    hints_note(lab, text);
}

static json_t *score(struct work *w, bool sound)
{
    char repeat[512], replay[512];
    char reason[MESSAGES];

    snprintf(repeat, sizeof repeat, "%s LAB=%.*s", w->o->repeat,
             (int)strcspn(w->lab->name, "-"), w->lab->name);
    text_clean(repeat);
    bool graded = strncmp(repeat, "make grade", 10) == 0;
    snprintf(replay, sizeof replay, "%s%.480s", graded ? "make replay" : "",
             repeat + (graded ? 10 : 0));
    snprintf(reason, sizeof reason, "%s", w->said[BUILD_PLAIN]);
    reason[strcspn(reason, "\n")] = '\0';
    struct score_input in = {
        .lab = w->lab,
        .list = w->list,
        .plain = w->ran[BUILD_PLAIN] ? &w->run[BUILD_PLAIN] : NULL,
        .memory = w->ran[BUILD_MEMORY] ? &w->run[BUILD_MEMORY] : NULL,
        .races = w->ran[BUILD_RACES] ? &w->run[BUILD_RACES] : NULL,
        .schedules = w->explored ? &w->schedules : NULL,
        .reason = reason,
        .memory_reason = w->said[BUILD_MEMORY],
        .races_reason = w->said[BUILD_RACES],
        .schedules_reason = w->said[BUILD_SCHEDULES],
        .only = w->o->test,
        .repeat = repeat,
        .replay = replay};
    json_t *lab = score_lab(&in);
    if (!sound)
        json_object_set_new(lab, "problem", json_string(w->said[BUILD_PLAIN]));
    warnings_note(&w->warnings, lab);
    note_hints(w, lab);
    return lab;
}

static void say_missing(const struct work *w)
{
    for (size_t i = 0; i < w->in.count; i++)
        if (!w->in.files[i].bytes)
            report_progress(w->o->quiet,
                            "  %s of lab %s is missing: the tests that need it "
                            "fail\n",
                            w->in.files[i].name, w->in.files[i].folder);
}

static bool knows_test(const struct work *w)
{
    const char *only = w->o->test;

    if (!only || is_listed(w, only))
        return true;
    if (build_of_test(only) == BUILD_RACES)
        return score_race_points(w->lab, w->list) > 0;
    return build_of_test(only) != BUILD_PLAIN;
}

/* Whether the submission compiles is in `sound`. Returns false when that cannot
 * be found out. */
static bool make(struct work *w, enum build b, bool *sound, char problem[512])
{
    *sound = false;
    if (!begin(w, b)) {
        snprintf(problem, 512, "the compiler cannot be started");
        return false;
    }
    *sound = finish(w, b);
    return *sound || compiler_ran(w, b, problem);
}

/* From the files on. Returns NULL with the problem. */
static json_t *grade(struct work *w, struct outcome *out)
{
    bool sound;

    if (!make(w, BUILD_TEXT, &sound, out->problem) ||
        (sound && !make(w, BUILD_PLAIN, &sound, out->problem)))
        return NULL;
    if (!w->c[BUILD_TEXT].boxed) /* the compiler could read what we can */
        out->fence = "limits";
    if (sound && !run_all(w, out->problem))
        return NULL;
    out->stopped = w->stopped;
    if (w->stopped)
        return NULL;
    if (w->ran[BUILD_PLAIN] && strcmp(w->run[BUILD_PLAIN].fence, "limits") == 0)
        out->fence = "limits";
    return score(w, sound);
}

static void release(struct work *w)
{
    for (enum build b = 0; b < BUILD_COUNT; b++) {
        if (w->started[b])
            compile_free(&w->c[b]);
        run_free(&w->run[b]);
    }
    explore_free(&w->schedules);
    warnings_free(&w->warnings);
    intake_free(&w->in);
    json_decref(w->list);
}

static bool take(struct work *w, char problem[512])
{
    if (intake_take(&w->in, w->lab, w->o->path) &&
        (!w->o->backfill || intake_backfill(&w->in, w->o->course)))
        return true;
    snprintf(problem, 512, "%.200s: %.300s", w->o->path, w->in.problem);
    return false;
}

static json_t *take_and_grade(struct work *w, struct outcome *out)
{
    char *problem = out->problem;

    w->list = run_list(w->o->course, w->lab, problem);
    if (!w->list)
        return NULL;
    if (!knows_test(w)) {
        snprintf(problem, 512, "lab %s has no test %s", w->lab->name,
                 w->o->test);
        return NULL;
    }
    if (!take(w, problem)) {
        out->absent = w->in.absent;
        return NULL;
    }
    report_progress(w->o->quiet, "\n  %s: %s\n\n", w->lab->name, w->lab->title);
    say_missing(w);
    return grade(w, out);
}

json_t *lab_grade(const struct order *o, const struct lab *lab,
                  struct outcome *out)
{
    struct work *w = calloc(1, sizeof *w);

    *out = (struct outcome){.fence = "namespaces"};
    if (!w) {
        snprintf(out->problem, sizeof out->problem, "out of memory");
        return NULL;
    }
    w->o = o;
    w->lab = lab;
    json_t *result = take_and_grade(w, out);
    release(w);
    free(w);
    return result;
}

static bool explore_and_print(struct work *w, const char *scenario,
                              const char *token, char problem[512])
{
    if (!take(w, problem))
        return false;
    if (!begin(w, BUILD_TEXT) || !finish(w, BUILD_TEXT) ||
        !begin(w, BUILD_PLAIN) || !finish(w, BUILD_PLAIN) ||
        !begin(w, BUILD_SCHEDULES) || !finish(w, BUILD_SCHEDULES)) {
        printf("%s%s\n", w->said[BUILD_PLAIN], w->said[BUILD_SCHEDULES]);
        snprintf(problem, 512, "there is nothing to explore");
        return false;
    }
    explore_run(&w->schedules, &w->c[BUILD_SCHEDULES], &w->in, scenario, token,
                w->o->repeat);
    snprintf(problem, 512, "%s", w->schedules.problem);
    return *problem == '\0';
}

bool lab_explore(const struct order *o, const struct lab *lab,
                 const char *scenario, const char *token, char problem[512])
{
    struct work *w = calloc(1, sizeof *w);

    if (!w) {
        snprintf(problem, 512, "out of memory");
        return false;
    }
    w->o = o;
    w->lab = lab;
    bool done = explore_and_print(w, scenario, token, problem);
    release(w);
    free(w);
    return done;
}

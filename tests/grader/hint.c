/* SPDX-License-Identifier: MIT
 *
 * hint.c - grade hint: help for the first failing test, a step at a time
 *
 * The lab is graded anew: plainly, and with its replays only when nothing
 * fails without them. So the help is for the code as it is.
 */
#include "hint.h"

#include "failing.h"
#include "hints.h"
#include "report.h"
#include "run.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { INDENT = 8, TEXT = 1200 };

static const char *const titles[HINTS_STEPS] = {"where to look", "which idea",
                                                "nearly the code"};
static const char *const other_titles[HINTS_STEPS] = {
    "what is broken", "the test's hint", "what the test saw"};

static const char *text_of(const json_t *o, const char *key)
{
    const char *s = json_string_value(json_object_get(o, key));

    return s ? s : "";
}

/* ---- the first failing test ---- */

static bool hear(void *listener, enum stage stage, const json_t *tests)
{
    json_t **first = listener;
    const json_t *t = failing_first(tests, NULL);

    if (stage != STAGE_PLAIN)
        return true;
    *first = t ? json_deep_copy(t) : NULL;
    return !t;
}

/* The help of a test as it stands there: a result does not have it. */
static json_t *with_help(const struct order *o, const struct lab *lab,
                         const json_t *test)
{
    char problem[512];
    json_t *copy = json_deep_copy(test), *t;
    json_t *list = run_list(o->course, lab, problem);
    size_t i;

    json_array_foreach(list, i, t)
    {
        if (strcmp(text_of(t, "name"), text_of(test, "name")) == 0)
            json_object_set(copy, "help", json_object_get(t, "help"));
    }
    json_decref(list);
    return copy;
}

/* The caller owns *first; NULL when nothing fails. Returns false when there is
 * no verdict, and has said why. */
static bool find_first(struct order *o, const struct lab *lab, json_t **first)
{
    struct outcome out;

    *first = NULL;
    o->heard = hear;
    o->listener = first;
    json_t *result = lab_grade(o, lab, &out);
    if (!result && !out.stopped) {
        fprintf(stderr, "grade: %s\n", out.problem);
        return false;
    }
    const char *problem = text_of(result, "problem");
    if (*problem) {
        printf("\n  %s: there is nothing to test yet, so no step is counted. "
               "First repair this:\n\n",
               lab->name);
        failing_problem(lab, problem);
    } else if (result) {
        const json_t *t = failing_first(json_object_get(result, "tests"), NULL);
        *first = t ? with_help(o, lab, t) : NULL;
        if (!t)
            printf("\n  %s: nothing fails, there is nothing to hint at.\n",
                   lab->name);
    }
    json_decref(result);
    return true;
}

/* ---- the steps ---- */

static bool has_own(const json_t *test)
{
    return json_array_size(json_object_get(test, "help")) == HINTS_STEPS;
}

/* The replays and the explorer have rules that no header says. */
static bool of_contract(const json_t *t)
{
    const char *suite = text_of(t, "suite");

    return strcmp(suite, "replay") != 0 && strcmp(suite, "explorer") != 0;
}

/* What stands in for a test's own steps. */
static void stand_in(const json_t *t, int step, char text[TEXT])
{
    const char *hint = text_of(t, "hint");

    if (step == 0)
        snprintf(text, TEXT, "%s \"%s\"",
                 of_contract(t)
                     ? "The sentence that is broken, in labs/include/met/:"
                     : "The rule that is broken:",
                 text_of(t, "sentence"));
    else if (step == 1)
        snprintf(text, TEXT, "%s",
                 *hint ? hint : "Read what the handout says of this sentence.");
    else
        snprintf(text, TEXT, "Expected: %s. Your code gave: %s.",
                 text_of(t, "expected"), text_of(t, "got"));
}

static void show_step(const json_t *t, int step)
{
    char text[TEXT];

    if (has_own(t))
        snprintf(text, TEXT, "%s",
                 json_string_value(
                     json_array_get(json_object_get(t, "help"), (size_t)step)));
    else
        stand_in(t, step, text);
    printf("\n  %d of %d  %s\n%*s", step + 1, HINTS_STEPS,
           (has_own(t) ? titles : other_titles)[step], INDENT, "");
    report_paragraph(text, INDENT);
}

static void show(const struct lab *lab, const json_t *t, int steps)
{
    printf("\n  %s: help for the first test that fails, %s\n", lab->name,
           text_of(t, "name"));
    if (!has_own(t))
        printf("  (it has no steps of its own: the contract, the hint and "
               "what the test saw stand in)\n");
    for (int i = 0; i < steps; i++)
        show_step(t, i);
    printf("\n  %s\n", steps < HINTS_STEPS
                           ? "The same command gives the next step."
                           : "There are no more steps for this test.");
}

static bool place(const struct order *o, const struct lab *lab, char path[4096])
{
    struct stat st;
    int n = snprintf(path, 4096, "%s/%s", o->path, lab->name);

    if (n >= 4000)
        return false;
    if (stat(path, &st) != 0)
        n = snprintf(path, 4096, "%s", o->path);
    snprintf(path + n, (size_t)(4096 - n), "/" HINTS_FILE);
    return stat(o->path, &st) == 0 && S_ISDIR(st.st_mode);
}

bool hint_give(struct order *o, const struct lab *lab)
{
    char path[4096], text[HINTS_BYTES];
    json_t *first;

    if (!place(o, lab, path)) {
        fprintf(stderr, "grade: %s is no folder: help is kept in one\n",
                o->path);
        return false;
    }
    if (!find_first(o, lab, &first))
        return false;
    if (!first)
        return true;
    hints_read(path, text);
    const char *name = text_of(first, "name");
    int steps = hints_of(text, name);
    bool fine = steps == HINTS_STEPS || hints_write(path, text, name, ++steps);
    if (fine)
        show(lab, first, steps);
    json_decref(first);
    return fine;
}

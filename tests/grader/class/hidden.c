/* SPDX-License-Identifier: MIT
 *
 * hidden.c - what students are told of hidden tests
 */
#include "hidden.h"

#include <stdlib.h>
#include <string.h>

static const char *const telling[] = {"sentence", "hint", "expected", "got",
                                      "repeat"};
static const char *const optional[] = {"steps", "output", "timeline", "bounds"};

static const char *text_of(const json_t *t, const char *key)
{
    const char *s = json_string_value(json_object_get(t, key));

    return s ? s : "";
}

static bool is_hidden(const json_t *t)
{
    return strcmp(text_of(t, "suite"), "hidden") == 0;
}

static void silence(json_t *t)
{
    for (size_t i = 0; i < sizeof telling / sizeof *telling; i++)
        json_object_set_new(t, telling[i], json_string(""));
    for (size_t i = 0; i < sizeof optional / sizeof *optional; i++)
        json_object_del(t, optional[i]);
    json_object_set_new(t, "sentence", json_string("This test is hidden."));
}

/* Whether what a test that is not hidden says names one that is. */
static bool names_hidden(const json_t *t, const json_t *tests)
{
    char *said = json_dumps(t, JSON_COMPACT);
    bool names = false;
    size_t i;
    json_t *other;

    json_array_foreach(tests, i, other)
    {
        if (said && is_hidden(other) && strstr(said, text_of(other, "name")))
            names = true;
    }
    free(said);
    return names;
}

static json_t *all_in_one(const json_t *tests)
{
    json_int_t score = 0, most = 0;
    size_t i;
    json_t *t;

    json_array_foreach(tests, i, t)
    {
        if (!is_hidden(t))
            continue;
        score += json_integer_value(json_object_get(t, "score"));
        most += json_integer_value(json_object_get(t, "max_score"));
    }
    return json_pack("{s:s, s:s, s:I, s:I, s:s, s:s, s:s, s:s, s:s, s:s, s:f}",
                     "name", "hidden_tests", "suite", "hidden", "score", score,
                     "max_score", most, "status",
                     score == most ? "passed" : "failed", "sentence",
                     "All hidden tests together.", "hint", "", "expected", "",
                     "got", "", "repeat", "", "seconds", 0.0);
}

json_t *hidden_reduce(const json_t *lab, const char *policy)
{
    json_t *copy = json_deep_copy(lab);
    const json_t *whole = json_object_get(lab, "tests");
    json_t *tests = json_object_get(copy, "tests");
    bool any = false;

    if (strcmp(policy, "full") == 0)
        return copy;
    for (size_t i = json_array_size(tests); i-- > 0;) {
        json_t *t = json_array_get(tests, i);
        if (!is_hidden(t)) {
            if (names_hidden(t, whole))
                silence(t);
            continue;
        }
        any = true;
        if (strcmp(policy, "name") == 0)
            silence(t);
        else
            json_array_remove(tests, i);
    }
    if (any && strcmp(policy, "nothing") == 0)
        json_array_append_new(tests, all_in_one(whole));
    return copy;
}

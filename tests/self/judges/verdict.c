/* SPDX-License-Identifier: MIT
 *
 * verdict.c - is a specimen's grading what its head says?
 */
#include "verdict.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* An attack may take this much longer than twice the same code without it. On an
 * idle machine that code takes a second, and ten in a lab that starts Prometheus
 * again and again. */
enum { ATTACK_SECONDS = 9 };

static void say(struct verdict *v, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void say(struct verdict *v, const char *format, ...)
{
    size_t n = strlen(v->text);
    va_list list;

    if (n > 0 && n + 2 < sizeof v->text)
        n += (size_t)snprintf(v->text + n, sizeof v->text - n, "; ");
    va_start(list, format);
    vsnprintf(v->text + n, sizeof v->text - n, format, list);
    va_end(list);
}

static void object(struct verdict *v, const char *what, const char *name)
{
    v->fine = false;
    say(v, "%s%s", what, name);
}

static const char *text_of(const json_t *o, const char *key)
{
    const char *s = json_string_value(json_object_get(o, key));

    return s ? s : "";
}

static long number_of(const json_t *o, const char *key)
{
    return (long)json_integer_value(json_object_get(o, key));
}

static const json_t *tests_of(const json_t *result)
{
    return json_object_get(json_object_get(result, "lab"), "tests");
}

static const json_t *find_test(const json_t *result, const char *name, size_t n)
{
    const json_t *tests = tests_of(result);
    size_t i;
    json_t *t;

    json_array_foreach(tests, i, t)
    {
        const char *s = text_of(t, "name");
        if (strlen(s) == n && strncmp(s, name, n) == 0)
            return t;
    }
    return NULL;
}

static bool is_lost(const json_t *test)
{
    return number_of(test, "score") < number_of(test, "max_score");
}

static bool has_word(const char *words, const char *word)
{
    size_t n = strlen(word);

    for (const char *p = words; (p = strstr(p, word)); p += n)
        if ((p == words || p[-1] == ' ') && (p[n] == ' ' || p[n] == '\0'))
            return true;
    return false;
}

/* ---- mutants and alternatives ---- */

static void check_named(struct verdict *v, const char *loses,
                        const json_t *result)
{
    char name[128];

    for (const char *p = loses; *p; p += strspn(p, " ")) {
        size_t n = strcspn(p, " ");
        const json_t *t = find_test(result, p, n);
        snprintf(name, sizeof name, "%.*s", (int)n, p);
        if (!t)
            object(v, "there is no test ", name);
        else if (!is_lost(t))
            object(v, "should lose, but does not: ", name);
        p += n;
    }
}

/* With what the test says: a loss that comes once in many runs is not seen
 * again soon. */
static void object_to_loss(struct verdict *v, const json_t *test)
{
    char what[300];

    snprintf(what, sizeof what, "%s (expected %.100s, got %.100s)",
             text_of(test, "name"), text_of(test, "expected"),
             text_of(test, "got"));
    for (char *p = what; *p; p++)
        if (*p == '\n')
            *p = ' ';
    object(v, "should not lose: ", what);
}

static void check_others(struct verdict *v, const struct specimen *s,
                         const json_t *result)
{
    const json_t *tests = tests_of(result);
    size_t i;
    json_t *t;

    json_array_foreach(tests, i, t)
    {
        if (is_lost(t) && !has_word(s->loses, text_of(t, "name")) &&
            !has_word(s->perhaps, text_of(t, "name")))
            object_to_loss(v, t);
    }
}

static void say_lost(struct verdict *v, const json_t *result)
{
    const json_t *tests = tests_of(result);
    char names[900] = "";
    size_t i, n = 0;
    json_t *t;

    json_array_foreach(tests, i, t)
    {
        size_t used = strlen(names);
        if (is_lost(t))
            snprintf(names + used, sizeof names - used, "%s%s",
                     n++ ? ", " : " (", text_of(t, "name"));
    }
    say(v, "loses %zu of %zu%s%s", n, json_array_size(tests), names,
        n ? ")" : "");
}

/* All tests are lost then, and why does not stand at them. */
static void say_problem(struct verdict *v, const json_t *result)
{
    const char *problem = text_of(json_object_get(result, "lab"), "problem");
    char text[400];

    if (!*problem)
        return;
    snprintf(text, sizeof text, "%s", problem);
    for (char *p = text; *p; p++)
        if (*p == '\n')
            *p = ' ';
    say(v, "it is not run: %s", text);
}

/* ---- attacks ---- */

static const char *find_in(const json_t *result, const char *words)
{
    const json_t *tests = tests_of(result);
    const char *problem = text_of(json_object_get(result, "lab"), "problem");
    size_t i;
    json_t *t;

    if (strstr(text_of(result, "said"), words))
        return "by the grader";
    if (strstr(problem, words))
        return "at the gate";
    json_array_foreach(tests, i, t)
    {
        if (is_lost(t) && strstr(text_of(t, "got"), words))
            return text_of(t, "name");
    }
    return NULL;
}

static void check_gain(struct verdict *v, const json_t *result,
                       const json_t *base)
{
    const json_t *tests = tests_of(result);
    size_t i;
    json_t *t;

    json_array_foreach(tests, i, t)
    {
        const char *name = text_of(t, "name");
        const json_t *b = find_test(base, name, strlen(name));
        if (number_of(t, "score") > number_of(b, "score"))
            object(v, "it gains ", name);
    }
}

/* How many times longer an attack may take since others have the processors, or 1
 * where that was not looked at. A driver that gets less than half of its time gets
 * it again, three times at most (tests/judge/drive.c); who spins is made to wait
 * so by others that have half of all processors. */
static double slowdown(const json_t *result)
{
    double others = json_number_value(json_object_get(result, "others"));

    if (others < 0.1)
        return 1;
    return 1 + 3 * (others < 0.5 ? 2 * others : 1);
}

static double too_long(const json_t *result, const json_t *base)
{
    return 2 * json_number_value(json_object_get(base, "seconds")) +
           ATTACK_SECONDS * slowdown(result);
}

static void check_attack(struct verdict *v, const struct specimen *s,
                         const json_t *result, const json_t *base)
{
    double seconds = json_number_value(json_object_get(result, "seconds"));
    const char *where = *s->named ? find_in(result, s->named) : NULL;

    if (where)
        say(v, "named: \"%s\" (%s)", s->named, where);
    if (*s->named && !where)
        object(v, "nowhere named: ", s->named);
    if (!tests_of(base))
        object(v, "without its attack it is not graded", "");
    else
        check_gain(v, result, base);
    if (*s->harmless && v->fine)
        say(v, "harmless: %s", s->harmless);
    v->only_slow = v->fine && seconds > too_long(result, base);
    if (seconds > too_long(result, base))
        object(v, "it takes too long beside the same code without its attack",
               "");
    say(v, "%ld of %ld points, %.1f s",
        number_of(json_object_get(result, "lab"), "score"),
        number_of(json_object_get(base, "lab"), "score"), seconds);
}

/* ---- all ---- */

static void check_room(struct verdict *v, const json_t *result)
{
    size_t i;
    json_t *what;

    json_array_foreach(json_object_get(result, "left"), i, what)
    {
        object(v, "left behind: ", json_string_value(what));
    }
    if (*text_of(result, "next"))
        object(v, text_of(result, "next"), "");
}

struct verdict verdict_of(const struct specimen *s, const json_t *result,
                          const json_t *base)
{
    struct verdict v = {.fine = true};

    check_room(&v, result);
    if (s->kind == ATTACK) {
        check_attack(&v, s, result, base);
    } else if (!tests_of(result)) {
        object(&v, "it is not graded: ", text_of(result, "said"));
    } else {
        say_problem(&v, result);
        say_lost(&v, result);
        check_named(&v, s->loses, result);
        check_others(&v, s, result);
    }
    return v;
}

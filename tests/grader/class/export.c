/* SPDX-License-Identifier: MIT
 *
 * export.c - grade export: the canonical result in the formats of other systems
 *
 *     gradescope  results.json; docs/specs.md of gradescope/autograder_samples
 *     autolab     feedback, and the scores as the last line
 *     junit       JUnit XML: a testsuite a lab, a testcase a test
 */
#include "class.h"

#include "grader/record.h"
#include "hidden.h"
#include "html.h"
#include "support/text.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { DONE = 0, USAGE = 2, CANNOT = 3 };

static const char usage[] =
    "usage: grade export gradescope|autolab|junit RESULT.json\n"
    "                    [--hidden full|name|nothing]\n"
    "Writes the result to standard output; what is said of hidden tests is\n"
    "name unless --hidden says otherwise.\n";

static const char *text_of(const json_t *t, const char *key)
{
    const char *s = json_string_value(json_object_get(t, key));

    return s ? s : "";
}

static int number_of(const json_t *t, const char *key)
{
    return (int)json_integer_value(json_object_get(t, key));
}

static bool is(const json_t *t, const char *key, const char *value)
{
    return strcmp(text_of(t, key), value) == 0;
}

/* ---- what a test has to say, as text ---- */

static void add_field(FILE *f, const char *label, const char *text)
{
    if (*text)
        fprintf(f, "%s%s\n", label, text);
}

static void add_lines(FILE *f, const char *label, const json_t *lines)
{
    size_t i;
    json_t *l;

    json_array_foreach(lines, i, l)
    {
        fprintf(f, "%s%s\n", i ? "            " : label, json_string_value(l));
    }
}

/* The caller frees it. */
static char *story_of(const json_t *t)
{
    char *text = NULL;
    size_t size;
    FILE *f = open_memstream(&text, &size);

    if (!f)
        return NULL;
    add_field(f, "", text_of(t, "sentence"));
    if (!is(t, "status", "passed")) {
        add_lines(f, "did:        ", json_object_get(t, "steps"));
        add_lines(f, "order:      ", json_object_get(t, "timeline"));
        add_field(f, "expected:   ", text_of(t, "expected"));
        add_field(f, "got:        ", text_of(t, "got"));
        add_field(f, "hint:       ", text_of(t, "hint"));
        add_field(f, "again:      ", text_of(t, "repeat"));
    }
    fclose(f);
    return text;
}

/* ---- Gradescope ---- */

static const char unsandboxed[] =
    "UNSANDBOXED: this machine gives no namespaces, so a submission could "
    "forge this result. Grade the class elsewhere before marks depend on it.\n";

static void add_gradescope_lab(json_t *tests, const json_t *lab)
{
    size_t i;
    json_t *t;

    json_array_foreach(json_object_get(lab, "tests"), i, t)
    {
        char name[200];
        char *story = story_of(t);
        bool good = !is(t, "status", "failed") && !is(t, "status", "skipped");
        snprintf(name, sizeof name, "%.60s %.100s", text_of(lab, "lab"),
                 text_of(t, "name"));
        json_array_append_new(
            tests, json_pack("{s:i, s:i, s:s, s:s, s:s, s:s, s:[s]}", "score",
                             number_of(t, "score"), "max_score",
                             number_of(t, "max_score"), "status",
                             good ? "passed" : "failed", "name", name, "output",
                             story ? story : "", "output_format", "text",
                             "tags", text_of(t, "suite")));
        free(story);
    }
}

static bool to_gradescope(const json_t *result)
{
    json_t *tests = json_array();
    char output[8000] = "";
    int score = 0;
    size_t i, n = 0;
    json_t *lab;

    if (is(result, "fence", "limits"))
        n = (size_t)snprintf(output, sizeof output, "%s", unsandboxed);
    json_array_foreach(json_object_get(result, "labs"), i, lab)
    {
        score += number_of(lab, "score");
        add_gradescope_lab(tests, lab);
        if (n < sizeof output)
            n += (size_t)snprintf(output + n, sizeof output - n, "%s",
                                  text_of(lab, "problem"));
    }
    if (n < sizeof output)
        snprintf(output + n, sizeof output - n, "\ntests %.30s",
                 text_of(result, "digest"));
    text_clean(output); /* it may be cut within a character */
    json_t *r = json_pack("{s:i, s:s, s:s, s:s, s:o}", "score", score, "output",
                          output, "output_format", "text", "stdout_visibility",
                          "hidden", "tests", tests);
    bool fine = r && json_dumpf(r, stdout, JSON_INDENT(1)) == 0;
    putchar('\n');
    json_decref(r);
    return fine;
}

/* ---- Autolab ---- */

/* Autolab puts quotes around a word before a colon before it parses; so no
 * colon may follow a letter or a digit. The caller frees it. */
static char *apart(const char *text)
{
    char *out = malloc(2 * strlen(text) + 1), *to = out;

    for (; out && *text; text++) {
        if (*text == ':' && to > out && isalnum((unsigned char)to[-1]))
            *to++ = ' ';
        *to++ = *text;
    }
    if (out)
        *to = '\0';
    return out;
}

static json_t *autolab_stage(const json_t *lab)
{
    json_t *stage = json_object();
    size_t i;
    json_t *t;

    json_array_foreach(json_object_get(lab, "tests"), i, t)
    {
        char *story = story_of(t);
        char *hint = apart(story ? story : "");
        bool good =
            is(t, "status", "passed") || is(t, "status", "inconclusive");
        json_object_set_new(stage, text_of(t, "name"),
                            good ? json_pack("{s:b}", "passed", 1)
                                 : json_pack("{s:b, s:s}", "passed", 0, "hint",
                                             hint ? hint : ""));
        free(story);
        free(hint);
    }
    return stage;
}

static bool to_autolab(const json_t *result)
{
    json_t *names = json_array(), *scores = json_object();
    json_t *feedback =
        json_pack("{s:s, s:o}", "_presentation", "semantic", "stages", names);
    size_t i;
    json_t *lab;
    int sum = 0;

    if (is(result, "fence", "limits"))
        fputs(unsandboxed, stdout);
    json_array_foreach(json_object_get(result, "labs"), i, lab)
    {
        json_array_append_new(names, json_string(text_of(lab, "lab")));
        json_object_set_new(feedback, text_of(lab, "lab"), autolab_stage(lab));
        json_object_set_new(scores, text_of(lab, "lab"),
                            json_integer(number_of(lab, "score")));
        sum += number_of(lab, "score");
    }
    json_t *last =
        json_pack("{s:o, s:[i]}", "scores", scores, "scoreboard", sum);
    bool fine = json_dumpf(feedback, stdout, JSON_COMPACT) == 0;
    putchar('\n');
    fine = fine && json_dumpf(last, stdout, JSON_COMPACT) == 0;
    putchar('\n');
    json_decref(feedback);
    json_decref(last);
    return fine;
}

/* ---- JUnit ---- */

/* XML has no U+FFFE and U+FFFF; other control characters are gone already. */
static void xml_text(const char *text)
{
    char *copy = strdup(text);

    for (char *p = copy; p && (p = strstr(p, "\xef\xbf"));) {
        if (p[2] == '\xbe' || p[2] == '\xbf')
            memcpy(p, "???", 3);
        p += 2;
    }
    html_text(stdout, copy ? copy : "");
    free(copy);
}

static void junit_test(const json_t *lab, const json_t *t)
{
    char *story = story_of(t);

    printf("  <testcase classname=\"%s.%s\" name=\"", text_of(lab, "lab"),
           text_of(t, "suite"));
    xml_text(text_of(t, "name"));
    printf("\" time=\"%.3f\">",
           json_number_value(json_object_get(t, "seconds")));
    if (is(t, "status", "failed")) {
        fputs("<failure message=\"", stdout);
        xml_text(text_of(t, "sentence"));
        fputs("\">", stdout);
        xml_text(story ? story : "");
        fputs("</failure>", stdout);
    } else if (!is(t, "status", "passed")) {
        fputs("<skipped/>", stdout);
    }
    fputs("</testcase>\n", stdout);
    free(story);
}

static void junit_lab(const json_t *lab)
{
    const json_t *tests = json_object_get(lab, "tests");
    size_t i, failed = 0, skipped = 0;
    json_t *t;

    json_array_foreach(tests, i, t)
    {
        failed += is(t, "status", "failed");
        skipped += !is(t, "status", "failed") && !is(t, "status", "passed");
    }
    printf(
        " <testsuite name=\"%s\" tests=\"%zu\" failures=\"%zu\" errors=\"0\" "
        "skipped=\"%zu\">\n",
        text_of(lab, "lab"), json_array_size(tests), failed, skipped);
    json_array_foreach(tests, i, t)
    {
        junit_test(lab, t);
    }
    if (*text_of(lab, "problem")) {
        fputs("  <system-err>", stdout);
        xml_text(text_of(lab, "problem"));
        fputs("</system-err>\n", stdout);
    }
    fputs(" </testsuite>\n", stdout);
}

static bool to_junit(const json_t *result)
{
    size_t i;
    json_t *lab;

    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"",
          stdout);
    xml_text(text_of(result, "submission"));
    fputs("\">\n", stdout);
    json_array_foreach(json_object_get(result, "labs"), i, lab)
    {
        junit_lab(lab);
    }
    fputs("</testsuites>\n", stdout);
    return true;
}

/* ---- the command ---- */

static void reduce(json_t *result, const char *policy)
{
    json_t *labs = json_object_get(result, "labs");

    for (size_t i = 0; i < json_array_size(labs); i++)
        json_array_set_new(labs, i,
                           hidden_reduce(json_array_get(labs, i), policy));
}

int class_export(int argc, char **argv, const struct course *c)
{
    static const struct {
        const char *name;
        bool (*write)(const json_t *);
    } formats[] = {{"gradescope", to_gradescope},
                   {"autolab", to_autolab},
                   {"junit", to_junit}};
    const char *policy = argc == 5 ? argv[4] : "name";
    bool known = strcmp(policy, "full") == 0 || strcmp(policy, "name") == 0 ||
                 strcmp(policy, "nothing") == 0;

    (void)c;
    if (known && (argc == 3 || (argc == 5 && strcmp(argv[3], "--hidden") == 0)))
        for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
            if (strcmp(argv[1], formats[i].name) == 0) {
                json_t *result = record_read(argv[2]);
                if (!result)
                    return CANNOT;
                reduce(result, policy);
                bool fine = formats[i].write(result) && fflush(stdout) == 0;
                json_decref(result);
                return fine ? DONE : CANNOT;
            }
    fputs(usage, stderr);
    return USAGE;
}

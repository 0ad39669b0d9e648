/* SPDX-License-Identifier: MIT
 *
 * main.c - the program `grade`
 */
#include "course.h"
#include "digest.h"
#include "hint.h"
#include "lab.h"
#include "progress.h"
#include "record.h"
#include "report.h"
#include "support/text.h"
#include "watch.h"

#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { GRADED = 0, USAGE = 2, CANNOT = 3, BOARD = 8 };

static const char usage[] =
    "usage: grade lab PATH [--lab LAB] [--test NAME] [--json FILE]\n"
    "                 [--name NAME] [--cc gcc|clang] [--repeat COMMAND]\n"
    "                 [--backfill] [--quiet]\n"
    "       grade explore PATH --lab LAB [--scenario NAME [--token TOKEN]]\n"
    "                 [--cc gcc|clang] [--backfill]\n"
    "       grade watch PATH --lab LAB [--cc gcc|clang] [--backfill]\n"
    "       grade hint PATH --lab LAB [--cc gcc|clang] [--backfill]\n"
    "       grade progress FOLDER PATH\n"
    "       grade board FILE...\n"
    "       grade labs\n"
    "\n"
    "lab    grades a submission: a folder, or an archive (tar, zip)\n"
    "  --lab LAB        one lab (01, counter, 01-counter); else all\n"
    "  --test NAME      one test of it\n"
    "  --json FILE      writes the result, abacus/result/1\n"
    "  --keep FOLDER    keeps each lab's result there, for progress\n"
    "  --name NAME      what the result calls the submission; else PATH\n"
    "  --cc CC          the compiler: gcc, or clang\n"
    "  --repeat COMMAND shown as the way to repeat a test\n"
    "  --backfill       what a lab needs of earlier ones comes from the "
    "solutions\n"
    "  --quiet          prints nothing but problems\n"
    "explore  tries the schedules of a lab's scenarios, and prints them\n"
    "  --scenario NAME  one of them\n"
    "  --token TOKEN    replays one execution of it\n"
    "watch  grades a lab again each time one of its files is saved\n"
    "hint   gives one more step of help for the first test that fails\n"
    "progress  prints the labs with the points that are kept in FOLDER\n"
    "board  prints results side by side\n"
    "labs   lists the labs\n"
    "\n"
    "Exit: 0 graded, whatever the score; 2 usage; 3 cannot grade.\n";

struct options {
    const char *path, *lab, *test, *json, *keep, *name, *cc, *repeat;
    const char *scenario, *token;
    bool backfill, quiet;
};

static int fail_usage(void)
{
    fputs(usage, stderr);
    return USAGE;
}

static bool read_options(int argc, char **argv, struct options *o)
{
    static const struct option known[] = {
        {"lab", required_argument, NULL, 'l'},
        {"test", required_argument, NULL, 't'},
        {"json", required_argument, NULL, 'j'},
        {"keep", required_argument, NULL, 'e'},
        {"name", required_argument, NULL, 'n'},
        {"cc", required_argument, NULL, 'c'},
        {"repeat", required_argument, NULL, 'r'},
        {"scenario", required_argument, NULL, 's'},
        {"token", required_argument, NULL, 'k'},
        {"backfill", no_argument, NULL, 'b'},
        {"quiet", no_argument, NULL, 'q'},
        {0}};

    *o = (struct options){.cc = "gcc"};
    argv[0] = "grade"; /* getopt's messages begin with it */
    for (int c; (c = getopt_long(argc, argv, "", known, NULL)) != -1;) {
        switch (c) {
        case 'l': o->lab = optarg; break;
        case 't': o->test = optarg; break;
        case 'j': o->json = optarg; break;
        case 'e': o->keep = optarg; break;
        case 'n': o->name = optarg; break;
        case 'c': o->cc = optarg; break;
        case 'r': o->repeat = optarg; break;
        case 's': o->scenario = optarg; break;
        case 'k': o->token = optarg; break;
        case 'b': o->backfill = true; break;
        case 'q': o->quiet = true; break;
        default: return false;
        }
    }
    bool compiler = strcmp(o->cc, "gcc") == 0 || strcmp(o->cc, "clang") == 0;
    if (optind != argc - 1 || !compiler || (o->test && !o->lab))
        return false;
    o->path = argv[optind];
    return true;
}

static void list_labs(const struct course *c, FILE *to)
{
    for (size_t i = 0; i < c->lab_count; i++)
        fprintf(to, "  %-16s %s\n", c->labs[i].name, c->labs[i].title);
}

/* A lab that is not in the submission is no failure when all were asked for,
 * unless there is none at all. */
static bool pass_over(const struct lab *only, const struct outcome *out,
                      const struct lab *lab, bool quiet)
{
    if (only || !out->absent)
        return false;
    report_progress(quiet, "\n  %s: not in this submission\n", lab->name);
    return true;
}

static bool grade_labs(const struct options *opt, const struct course *c,
                       const struct lab *only, const char *compiler,
                       json_t *result)
{
    char repeat[4200];
    struct outcome out;
    json_t *labs = json_object_get(result, "labs");
    struct order o = {.course = c,
                      .path = opt->path,
                      .cc = opt->cc,
                      .version = compiler,
                      .test = opt->test,
                      .repeat = opt->repeat ? opt->repeat : repeat,
                      .backfill = opt->backfill,
                      .quiet = opt->quiet};

    snprintf(repeat, sizeof repeat, "make grade SUBMISSION=%s", opt->path);
    for (size_t i = 0; i < c->lab_count; i++) {
        const struct lab *l = &c->labs[i];
        if (only && only != l)
            continue;
        json_t *lab = lab_grade(&o, l, &out);
        if (!lab && pass_over(only, &out, l, opt->quiet))
            continue;
        if (!lab)
            break;
        if (!opt->quiet)
            report_lab(lab);
        json_array_append_new(labs, lab);
        if (strcmp(out.fence, "limits") == 0)
            json_object_set_new(result, "fence", json_string("limits"));
        *out.problem = '\0';
    }
    if (*out.problem && (!out.absent || json_array_size(labs) == 0)) {
        text_clean(out.problem);
        fprintf(stderr, "grade: %s\n", out.problem);
        return false;
    }
    return true;
}

static void warn_of_fence(const json_t *result)
{
    const char *f = json_string_value(json_object_get(result, "fence"));

    if (strcmp(f, "limits") == 0)
        printf("\n  UNSANDBOXED: not for marks: this machine gives no "
               "namespaces\n");
}

static bool find_compiler(const char *cc, char compiler[COMPILER_TEXT])
{
    if (digest_compiler(cc, compiler))
        return true;
    fprintf(stderr, "grade: there is no compiler /usr/bin/%s\n", cc);
    return false;
}

static int verb_lab(int argc, char **argv, const struct course *c)
{
    char compiler[COMPILER_TEXT], digest[DIGEST_TEXT], name[4200];
    struct options o;

    if (!read_options(argc, argv, &o))
        return fail_usage();
    const struct lab *only = o.lab ? course_find(c, o.lab) : NULL;
    if (o.lab && !only) {
        fprintf(stderr, "grade: there is no lab \"%s\". The labs are:\n",
                o.lab);
        list_labs(c, stderr);
        return USAGE;
    }
    if (!find_compiler(o.cc, compiler))
        return CANNOT;
    if (!digest_course(c, compiler, digest)) {
        fprintf(stderr, "grade: build/judge/sources is missing: run make\n");
        return CANNOT;
    }
    snprintf(name, sizeof name, "%s", o.name ? o.name : o.path);
    text_clean(name);
    json_t *result = record_start(name, digest, compiler);
    bool graded = grade_labs(&o, c, only, compiler, result) &&
                  (!o.json || record_write(result, o.json)) &&
                  (!o.keep || o.test || progress_keep(result, o.keep));
    if (graded)
        warn_of_fence(result);
    if (graded && o.json && !o.quiet)
        printf("\n  The result is in %s\n", o.json);
    json_decref(result);
    return graded ? GRADED : CANNOT;
}

/* For the verbs that take one lab. `verb` is what make calls it; the compiler's
 * version and the command are kept here. Returns NULL with the exit status. */
static const struct lab *take_order(int argc, char **argv, const char *verb,
                                    const struct course *c, struct options *o,
                                    struct order *order, int *status)
{
    static char compiler[COMPILER_TEXT], repeat[4200];

    *status = USAGE;
    if (!read_options(argc, argv, o) || !o->lab || (o->token && !o->scenario)) {
        fail_usage();
        return NULL;
    }
    const struct lab *lab = course_find(c, o->lab);
    if (!lab) {
        fprintf(stderr, "grade: there is no lab \"%s\". The labs are:\n",
                o->lab);
        list_labs(c, stderr);
        return NULL;
    }
    *status = CANNOT;
    snprintf(repeat, sizeof repeat, "make %s SUBMISSION=%s", verb, o->path);
    *order = (struct order){.course = c,
                            .path = o->path,
                            .cc = o->cc,
                            .version = compiler,
                            .backfill = o->backfill,
                            .quiet = true,
                            .repeat = o->repeat ? o->repeat : repeat};
    return find_compiler(o->cc, compiler) ? lab : NULL;
}

static int verb_explore(int argc, char **argv, const struct course *c)
{
    char problem[512] = "", repeat[4200];
    struct options o;
    struct order order;
    int status;

    const struct lab *lab =
        take_order(argc, argv, "replay", c, &o, &order, &status);
    if (!lab)
        return status;
    snprintf(repeat, sizeof repeat, "make replay LAB=%s SUBMISSION=%s", o.lab,
             o.path);
    if (!o.repeat)
        order.repeat = repeat;
    if (lab_explore(&order, lab, o.scenario, o.token, problem))
        return GRADED;
    fprintf(stderr, "grade: %s\n", problem);
    return CANNOT;
}

static int verb_at_work(int argc, char **argv, const struct course *c,
                        bool (*verb)(struct order *, const struct lab *))
{
    struct options o;
    struct order order;
    int status;

    const struct lab *lab =
        take_order(argc, argv, "grade", c, &o, &order, &status);
    if (!lab)
        return status;
    return verb(&order, lab) ? GRADED : CANNOT;
}

static int verb_board(int argc, char **argv)
{
    json_t *results[BOARD];
    const char *names[BOARD];
    int n = argc - 1;

    if (n < 1 || n > BOARD)
        return fail_usage();
    for (int i = 0; i < n; i++) {
        results[i] = record_read(argv[i + 1]);
        if (!results[i])
            return CANNOT;
        names[i] = json_string_value(json_object_get(results[i], "submission"));
    }
    report_board(results, names, (size_t)n);
    for (int i = 0; i < n; i++)
        json_decref(results[i]);
    return GRADED;
}

/* The teacher's verbs, tests/grader/class/; a student's build has none. */
__attribute__((weak)) int class_verb(int argc, char **argv,
                                     const struct course *c);

int main(int argc, char **argv)
{
    static struct course c;

    signal(SIGPIPE, SIG_IGN);
    if (argc < 2)
        return fail_usage();
    const char *problem = course_read(&c);
    if (problem) {
        fprintf(stderr, "grade: %s\n", problem);
        return CANNOT;
    }
    if (strcmp(argv[1], "lab") == 0)
        return verb_lab(argc - 1, argv + 1, &c);
    if (strcmp(argv[1], "explore") == 0)
        return verb_explore(argc - 1, argv + 1, &c);
    if (strcmp(argv[1], "watch") == 0)
        return verb_at_work(argc - 1, argv + 1, &c, watch_lab);
    if (strcmp(argv[1], "hint") == 0)
        return verb_at_work(argc - 1, argv + 1, &c, hint_give);
    if (strcmp(argv[1], "progress") == 0 && argc == 4)
        return progress_print(&c, argv[2], argv[3]) ? GRADED : CANNOT;
    if (strcmp(argv[1], "board") == 0)
        return verb_board(argc - 1, argv + 1);
    if (strcmp(argv[1], "labs") == 0) {
        list_labs(&c, stdout);
        return GRADED;
    }
    int status = class_verb ? class_verb(argc - 1, argv + 1, &c) : -1;
    return status >= 0 ? status : fail_usage();
}

/* SPDX-License-Identifier: MIT
 *
 * judges.c - grade the corpora that judge the judges, and print a table
 *
 *     judges [--cc gcc|clang] [--corpus mutants|alternatives|attacks]
 *            [--jobs N] [--tap] [NAME...]
 *
 * Mutants must lose the tests that their heads name and no others,
 * alternatives none; attacks must gain nothing, be named or be harmless, and
 * leave nothing behind. Without --cc both compilers are taken. A NAME is a
 * part of a specimen's name. Exit: 0 all is as it should be, 1 something is
 * not, 2 usage, 3 it could not be found out.
 */
#include "corpus.h"
#include "others.h"
#include "room.h"
#include "verdict.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { TRIALS = 4 * SPECIMENS, MOST_JOBS = 16 };

struct options {
    const char *cc;
    int corpus; /* enum kind, or -1 */
    int jobs;
    bool tap;
    char **names;
};

/* One grading. Those of attacks without their attack have no row. */
struct trial {
    const struct specimen *s;
    const char *cc;
    int base; /* the trial of the same code without its attack, or -1 */
    bool is_base;
    struct room room;
    json_t *result;
    bool again; /* took too long: to be graded a second time */
};

static struct corpus corpus;
static struct trial trials[TRIALS];
static int trial_count;

/* ---- which trials ---- */

static bool is_wanted(const struct options *o, const struct specimen *s)
{
    char full[160];

    if (o->corpus >= 0 && (int)s->kind != o->corpus)
        return false;
    if (!*o->names)
        return true;
    snprintf(full, sizeof full, "%s/%s", kind_folder(s->kind), s->name);
    for (char **n = o->names; *n; n++)
        if (strstr(full, *n))
            return true;
    return false;
}

/* Attacks with the same base share its grading. */
static int base_of(const struct specimen *s, const char *cc)
{
    for (int i = 0; i < trial_count; i++) {
        const struct trial *t = &trials[i];
        if (t->is_base && strcmp(t->cc, cc) == 0 &&
            strcmp(t->s->lab, s->lab) == 0 &&
            strcmp(t->s->file, s->file) == 0 &&
            strcmp(t->s->base, s->base) == 0)
            return i;
    }
    trials[trial_count] =
        (struct trial){.s = s, .cc = cc, .base = -1, .is_base = true};
    return trial_count++;
}

/* Returns false when a specimen is none. */
static bool plan(const struct options *o, const char *cc, const char *root)
{
    bool fine = true;

    for (size_t i = 0; i < corpus.n; i++) {
        struct specimen *s = &corpus.of[i];
        if (!is_wanted(o, s) || s->waits)
            continue;
        fine = corpus_apply(s, root) && fine;
        int base = s->kind == ATTACK ? base_of(s, cc) : -1;
        trials[trial_count++] = (struct trial){.s = s, .cc = cc, .base = base};
    }
    return fine;
}

/* ---- grading ---- */

static bool start(struct trial *t, const char *root)
{
    bool printed = t->is_base && t->s->is_script;
    struct task task = {.lab = t->s->lab,
                        .file = t->s->file,
                        .text = printed ? t->s->base : t->s->text,
                        .size = printed ? strlen(t->s->base) : t->s->size,
                        .first =
                            t->is_base && !printed ? "#define NO_ATTACK\n" : "",
                        .cc = t->cc,
                        .then_solution = t->s->kind == ATTACK && !t->is_base};

    return room_open(&t->room, root, &task);
}

/* Waits for one of the rooms. Returns false when it failed. */
static bool finish_one(int started)
{
    int status;
    pid_t pid = waitpid(-1, &status, 0);

    for (int i = 0; i < started; i++) {
        struct trial *t = &trials[i];
        if (t->room.pid != pid || t->result)
            continue;
        t->result = room_result(&t->room);
        if (!t->result || status != 0)
            fprintf(stderr, "judges: %s could not be graded\n", t->s->name);
        return t->result && status == 0;
    }
    return pid < 0 && errno == EINTR;
}

/* ---- the table ---- */

static struct verdict verdict(const struct trial *t)
{
    return verdict_of(t->s, t->result,
                      t->base < 0 ? NULL : trials[t->base].result);
}

static int row(const struct options *o, const struct trial *t, int number)
{
    struct verdict v = verdict(t);

    if (o->tap)
        printf("%sok %d - %s %s/%s\n# %s\n", v.fine ? "" : "not ", number,
               t->cc, kind_folder(t->s->kind), t->s->name, v.text);
    else
        printf("  %-5s %-12s %-36s %-13s %s\n", t->cc, kind_folder(t->s->kind),
               t->s->name, v.fine ? "as it should" : "WRONG", v.text);
    fflush(stdout);
    return !v.fine;
}

static int count_rows(void)
{
    int n = 0;

    for (int i = 0; i < trial_count; i++)
        n += !trials[i].is_base;
    return n;
}

/* Starts what may run beside what runs, and waits for one that ends. */
static bool go_on(const struct options *o, const char *root, int *started,
                  int *running)
{
    while (*started < trial_count && *running < o->jobs) {
        if (!start(&trials[(*started)++], root))
            return false;
        ++*running;
    }
    --*running;
    return finish_one(*started);
}

static bool grade_again(struct trial *t, const char *root)
{
    json_decref(t->result);
    t->result = NULL;
    return start(t, root) && finish_one(trial_count);
}

/* Whether other work on this machine took the time tells a second grading, with
 * nothing of ours beside it, and with that of the same code without its attack
 * just before: an attack that is slow by itself is slow twice. How much others
 * have to do is looked at before and after; the more counts. */
static bool try_again(struct trial *t, const char *root)
{
    double before, after;

    fprintf(stderr, "judges: %s with %s took too long: graded again\n",
            t->s->name, t->cc);
    if (!grade_again(&trials[t->base], root))
        return false;
    before = others_now();
    if (!grade_again(t, root))
        return false;
    after = others_now();
    json_object_set_new(t->result, "others",
                        json_real(before > after ? before : after));
    return true;
}

/* Rows come in the order of the plan, each as soon as it can; those that took
 * too long at the end. */
static int run(const struct options *o, const char *root)
{
    int started = 0, running = 0, looked_at = 0, number = 0, wrong = 0;

    while (looked_at < trial_count) {
        if (!go_on(o, root, &started, &running))
            return -1;
        for (; looked_at < started && trials[looked_at].result; looked_at++) {
            struct trial *t = &trials[looked_at];
            t->again = !t->is_base && verdict(t).only_slow;
            if (!t->is_base && !t->again)
                wrong += row(o, t, ++number);
        }
    }
    for (struct trial *t = trials; t < trials + trial_count; t++) {
        if (t->again && !try_again(t, root))
            return -1;
        if (t->again)
            wrong += row(o, t, ++number);
    }
    return wrong;
}

/* ---- mutants that wait for the explorer ---- */

static int list_waiting(const struct options *o)
{
    size_t n = 0;

    for (size_t i = 0; i < corpus.n; i++) {
        const struct specimen *s = &corpus.of[i];
        if (!s->waits)
            continue;
        printf("%s%s waits for the explorer: %s\n", o->tap ? "# " : "  ",
               s->name, s->sentence);
        n++;
    }
    if (n != corpus.waiting)
        fprintf(stderr, "judges: %zu wait, but the list has %zu\n", n,
                corpus.waiting);
    return n != corpus.waiting;
}

/* ---- the program ---- */

static bool find_root(char root[4096])
{
    ssize_t n = readlink("/proc/self/exe", root, 4095);

    root[n > 0 ? n : 0] = '\0';
    for (int up = 0; up < 3; up++) { /* build/bin/judges */
        char *slash = strrchr(root, '/');
        if (!slash)
            return false;
        *slash = '\0';
    }
    return true;
}

static bool is_kind(const char *name, int *kind)
{
    for (*kind = 0; *kind < KINDS; ++*kind)
        if (strcmp(name, kind_folder((enum kind) * kind)) == 0)
            return true;
    return false;
}

static bool read_options(int argc, char **argv, struct options *o)
{
    static const struct option known[] = {
        {"cc", required_argument, NULL, 'c'},
        {"corpus", required_argument, NULL, 'k'},
        {"jobs", required_argument, NULL, 'j'},
        {"tap", no_argument, NULL, 't'},
        {0}};

    *o = (struct options){.corpus = -1, .jobs = 2};
    for (int c; (c = getopt_long(argc, argv, "", known, NULL)) != -1;) {
        switch (c) {
        case 'c': o->cc = optarg; break;
        case 'k':
            if (!is_kind(optarg, &o->corpus))
                return false;
            break;
        case 'j': o->jobs = atoi(optarg); break;
        case 't': o->tap = true; break;
        default: return false;
        }
    }
    o->names = argv + optind;
    return o->jobs >= 1 && o->jobs <= MOST_JOBS &&
           (!o->cc || strcmp(o->cc, "gcc") == 0 || strcmp(o->cc, "clang") == 0);
}

int main(int argc, char **argv)
{
    char root[4096];
    struct options o;
    time_t begin = time(NULL);

    if (!read_options(argc, argv, &o)) {
        fprintf(stderr, "usage: judges [--cc gcc|clang] [--corpus mutants|"
                        "alternatives|attacks]\n              [--jobs N] "
                        "[--tap] [NAME...]\n");
        return 2;
    }
    if (!find_root(root) || corpus_read(&corpus, root) > 0)
        return 3;
    for (const char *const *cc = (const char *const[]){"gcc", "clang", NULL};
         *cc; cc++)
        if ((!o.cc || strcmp(o.cc, *cc) == 0) && !plan(&o, *cc, root))
            return 3;
    if (trial_count == 0) {
        fprintf(stderr, "judges: no specimen has such a name\n");
        return 2;
    }
    if (o.tap)
        printf("1..%d\n", count_rows());
    int wrong = run(&o, root);
    if (wrong < 0)
        return 3;
    wrong += list_waiting(&o);
    printf("%s%d gradings, %d rows, %d wrong, %ld s\n", o.tap ? "# " : "  ",
           trial_count, count_rows(), wrong, (long)(time(NULL) - begin));
    return wrong != 0;
}

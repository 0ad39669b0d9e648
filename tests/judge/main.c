/* SPDX-License-Identifier: MIT
 *
 * main.c - the judge of one lab: its suites, Criterion's runner, a sandbox
 *
 *     judge DRIVER SUBMISSION-FD RESULTS-FD [WORDS|-] [NAME,NAME...]
 *     judge list RESULTS-FD
 *     judge room                      inside a sandbox: see room.h
 *
 * Started by `grade`. The submission is a shared object in an open file; the
 * results go to an open file as report.h says. WORDS are joined by commas:
 * hurry, tests are impatient from the start; network, the submission may serve.
 * Exit: 0 all tests were run, whatever they found; 3 they could not be run.
 */
#include "report.h"
#include "room.h"
#include "sandbox.h"

#include <criterion/criterion.h>
#include <criterion/internal/ordered-set.h>
#include <criterion/options.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

enum { JOBS = 2 };

/* Whether `name` is one of "a,b". */
static bool is_one_of(const char *names, const char *name)
{
    size_t n = strlen(name);

    for (const char *p = names;; p++) {
        size_t length = strcspn(p, ",");
        if (length == n && memcmp(p, name, n) == 0)
            return true;
        p += length;
        if (!*p)
            return false;
    }
}

/* Leaves only the tests "a,b". Criterion could do it, too: with a pattern, which
 * it compares in the process of every test, for all tests, more slowly than
 * most tests run. */
static void choose(const char *names)
{
    for (struct criterion_test *const *t = __start_cr_tst; t < __stop_cr_tst;
         t++)
        if (*t && !is_one_of(names, (*t)->name))
            (*t)->data->disabled = true;
}

static int by_line(void *a, void *b)
{
    const struct criterion_test *x = a, *y = b;
    int file = strcmp(x->data->file_, y->data->file_);

    return file ? file : (int)x->data->line_ - (int)y->data->line_;
}

/* Criterion runs the tests of a suite by their names. A student repairs them in
 * the order of the file: who waits for the first that fails shall not wait for
 * all. The old set stays until the end: only the library can free it. */
static void put_in_order(struct criterion_suite_set *s)
{
    struct criterion_ordered_set *ordered = new_ordered_set(by_line, NULL);

    FOREACH_SET(struct criterion_test * t, s->tests)
    {
        insert_ordered_set(ordered, t, sizeof *t);
    }
    s->tests = ordered;
}

static void run_all(void)
{
    struct criterion_test_set *set = criterion_initialize();

    FOREACH_SET(struct criterion_suite_set * s, set->suites)
    {
        if (s->tests)
            put_in_order(s);
    }
    criterion_options.logging_threshold = CRITERION_LOG_LEVEL_QUIET;
    criterion_options.jobs = JOBS;
    criterion_run_all_tests(set);
    criterion_finalize(set);
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "list") == 0) {
        report_to(atoi(argv[2]));
        report_list();
        return 0;
    }
    if (argc == 2 && strcmp(argv[1], "room") == 0)
        room_main();
    if (argc < 4) {
        fprintf(stderr, "judge: started by `grade` only\n");
        return 3;
    }
    signal(SIGPIPE, SIG_IGN);
    prctl(PR_SET_DUMPABLE, 0);
    const char *words = argc > 4 ? argv[4] : "-";
    const char *fence =
        sandbox_start(argv[1], atoi(argv[2]), strstr(words, "hurry"),
                      strstr(words, "network"));
    if (!fence) {
        fprintf(stderr, "judge: the driver cannot be started\n");
        return 3;
    }
    report_to(atoi(argv[3]));
    report_fence(fence);
    if (argc > 5)
        choose(argv[5]);
    run_all();
    sandbox_end();
    return 0;
}

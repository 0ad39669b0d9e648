/* SPDX-License-Identifier: MIT
 *
 * run.c - run a lab's judge on a shared object
 */
#include "run.h"

#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Every call of a test has a deadline; this one is for a judge that fails. */
enum { JUDGE_MS = 600000, FD_SUBMISSION = 3, FD_RESULTS = 4 };

/* What is handed in beside code: a test reads it as judge/texts.h says. The
 * kernel takes 128 KiB in one variable. */
enum { TEXT_BYTES = 100000 };

static bool is_code(const char *name)
{
    size_t n = strlen(name);

    return n > 2 && name[n - 2] == '.' && strchr("ch", name[n - 1]);
}

static void give_text(const struct taken_file *f)
{
    char name[256], value[TEXT_BYTES + 2];

    if (!f->bytes)
        snprintf(value, sizeof value, "!it is missing");
    else if (f->size > TEXT_BYTES)
        snprintf(value, sizeof value, "!it is larger than %d bytes",
                 TEXT_BYTES);
    else if (memchr(f->bytes, '\0', f->size))
        snprintf(value, sizeof value, "!it is no text: it has a zero byte");
    else
        snprintf(value, sizeof value, "=%.*s", (int)f->size, f->bytes);
    snprintf(name, sizeof name, "ABACUS_TEXT_%s", f->name);
    setenv(name, value, 1);
}

static void give_texts(const struct intake *in)
{
    for (size_t i = 0; in && i < in->own; i++)
        if (!is_code(in->files[i].name))
            give_text(&in->files[i]);
}

static _Noreturn void become_judge(char *const argv[], int submission,
                                   const struct intake *in, int results,
                                   int messages)
{
    int s = fcntl(submission, F_DUPFD, 20), r = fcntl(results, F_DUPFD, 20);
    int m = fcntl(messages, F_DUPFD, 20), null = open("/dev/null", O_RDONLY);

    setpgid(0, 0);
    give_texts(in);
    if (dup2(null, 0) < 0 || dup2(m, 1) < 0 || dup2(m, 2) < 0 ||
        dup2(r, FD_RESULTS) < 0 || (s >= 0 && dup2(s, FD_SUBMISSION) < 0))
        _exit(127);
    close_range(5, ~0U, 0);
    execv(argv[0], argv);
    fprintf(stderr, "%s: %s", argv[0], strerror(errno));
    _exit(127);
}

/* ---- what it writes, while it runs ---- */

struct reading {
    int fd;
    char *text; /* of a line that has not come to its end */
    size_t size;
    struct run *r;
    const struct run_listener *to;
};

/* {"fence":..}, which comes first, or a test. */
static void take_line(struct reading *g, size_t n)
{
    json_t *line = json_loadb(g->text, n, 0, NULL);
    const char *fence = json_string_value(json_object_get(line, "fence"));

    if (fence)
        snprintf(g->r->fence, sizeof g->r->fence, "%s", fence);
    else if (line && json_array_append(g->r->tests, line) == 0 && g->to)
        g->to->heard(g->to->self, g->r);
    json_decref(line);
}

static void take_bytes(struct reading *g, const char *bytes, size_t n)
{
    char *end, *text = realloc(g->text, g->size + n);

    if (!text)
        abort(); /* a test whose line is lost would lose its points */
    memcpy(text + g->size, bytes, n);
    g->text = text;
    g->size += n;
    while ((end = memchr(text, '\n', g->size))) {
        take_line(g, (size_t)(end - text));
        g->size -= (size_t)(end + 1 - text);
        memmove(text, end + 1, g->size);
    }
}

/* Whether there may be more to read. */
static bool read_some(void *reading)
{
    struct reading *g = reading;
    char bytes[PIPE_BUF];
    ssize_t n = read(g->fd, bytes, sizeof bytes);

    if (n > 0)
        take_bytes(g, bytes, (size_t)n);
    return n > 0 || (n < 0 && errno == EINTR);
}

static bool open_results(int ends[2])
{
    if (pipe2(ends, O_CLOEXEC) != 0) {
        ends[0] = ends[1] = -1;
        return false;
    }
    return fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0;
}

static void say_why(int messages, bool late, char problem[512])
{
    char said[300];

    process_read(messages, said, sizeof said);
    said[strcspn(said, "\n")] = '\0';
    snprintf(problem, 512, "the judge %s: %s", late ? "did not end" : "failed",
             *said ? said : "it gave no reason");
}

/* Its lines come into `r`. Returns false with the problem. */
static bool start_and_wait(struct run *r, char *const argv[], int submission,
                           const struct intake *in,
                           const struct run_listener *to, char problem[512])
{
    int ends[2], messages = process_file("messages"), status = -1;
    bool late = false, fine = open_results(ends);
    pid_t pid = fine && messages >= 0 ? fork() : -1;

    *problem = '\0';
    if (pid == 0)
        become_judge(argv, submission, in, ends[1], messages);
    close(ends[1]);
    struct reading g = {.fd = ends[0], .r = r, .to = to};
    struct process_source from = {ends[0], read_some, &g};
    if (pid > 0)
        status = process_wait_reading(pid, process_clock_ms() + JUDGE_MS, &from,
                                      &late);
    while (pid > 0 && read_some(&g))
        ;
    if (status != 0)
        say_why(messages, late, problem);
    free(g.text);
    close(ends[0]);
    close(messages);
    return status == 0;
}

static int compare(const json_t *x, const json_t *y, const char *key)
{
    return strcmp(json_string_value(json_object_get(x, key)),
                  json_string_value(json_object_get(y, key)));
}

static int by_suite_and_line(const void *a, const void *b)
{
    const json_t *x = *(json_t *const *)a, *y = *(json_t *const *)b;
    int suite = compare(x, y, "suite"), file = compare(x, y, "file");

    if (suite || file)
        return suite ? suite : file;
    return (int)json_integer_value(json_object_get(x, "line")) -
           (int)json_integer_value(json_object_get(y, "line"));
}

/* Tests end in any order; a report has them in the order of the file. */
static json_t *sorted(json_t *tests)
{
    size_t n = json_array_size(tests);
    json_t **list = calloc(n + 1, sizeof *list), *out = json_array();

    for (size_t i = 0; list && i < n; i++)
        list[i] = json_array_get(tests, i);
    if (list)
        qsort(list, n, sizeof *list, by_suite_and_line);
    for (size_t i = 0; list && i < n; i++)
        json_array_append(out, list[i]);
    free(list);
    json_decref(tests);
    return out;
}

json_t *run_list(const struct course *course, const struct lab *lab,
                 char problem[512])
{
    char judge[4096];
    struct run r = {.tests = json_array()};

    course_path(course, judge, "build/judge/%s", lab->name);
    if (start_and_wait(&r, (char *[]){judge, "list", "4", NULL}, -1, NULL, NULL,
                       problem))
        return sorted(r.tests);
    run_free(&r);
    return NULL;
}

/* A test whose judge failed has no verdict: nobody is graded then. */
static void look_for_errors(struct run *r)
{
    size_t i;
    json_t *t;

    json_array_foreach(r->tests, i, t)
    {
        const char *s = json_string_value(json_object_get(t, "status"));
        const char *got = json_string_value(json_object_get(t, "got"));
        if (s && strcmp(s, "error") == 0)
            snprintf(r->problem, sizeof r->problem,
                     "the judge's own test %s failed: %s",
                     json_string_value(json_object_get(t, "name")),
                     got ? got : "");
    }
}

bool run_judge(struct run *r, const struct course *course,
               const struct lab *lab, const struct compilation *c,
               const char *cc, const char *names, bool hurry,
               const struct run_listener *to)
{
    char judge[4096], driver[4096];
    int64_t start = process_clock_ms();

    *r = (struct run){.tests = json_array(), .fence = "none"};
    course_path(course, judge, "build/judge/%s", lab->name);
    course_path(course, driver, "build/driver/%s-%s", build_name(c->build), cc);
    const char *words = lab->network ? (hurry ? "hurry,network" : "network")
                                     : (hurry ? "hurry" : "-");
    char *argv[] = {judge,         driver,        "3", "4",
                    (char *)words, (char *)names, NULL};
    if (!start_and_wait(r, argv, c->object, c->files, to, r->problem)) {
        run_free(r);
        return false;
    }
    r->tests = sorted(r->tests);
    look_for_errors(r);
    r->seconds = (double)(process_clock_ms() - start) / 1000;
    return *r->problem == '\0';
}

const json_t *run_find(const struct run *r, const char *name)
{
    size_t i;
    json_t *t;

    json_array_foreach(r->tests, i, t)
    {
        if (strcmp(json_string_value(json_object_get(t, "name")), name) == 0)
            return t;
    }
    return NULL;
}

bool run_passed(const json_t *test)
{
    const char *s = json_string_value(json_object_get(test, "status"));

    return s && strcmp(s, "passed") == 0;
}

bool run_any_hung(const struct run *r)
{
    size_t i;
    json_t *t;

    json_array_foreach(r->tests, i, t)
    {
        const char *got = json_string_value(json_object_get(t, "got"));
        if (got && strncmp(got, "hung", 4) == 0)
            return true;
    }
    return false;
}

void run_free(struct run *r)
{
    json_decref(r->tests);
    r->tests = NULL;
}

/* SPDX-License-Identifier: MIT
 *
 * class.c - grade class: from a folder of submissions to a gradebook
 *
 * First what an interrupted run left is taken over. Then the files of every
 * student are taken out of what was handed in; what the gradebook does not
 * have yet, under the digests of files, tests, flags and compiler, is planned
 * and given to an engine. Each result is recorded as soon as it is there. The
 * tables are written at the end, from the gradebook alone.
 */
#include "class.h"

#include "engine.h"
#include "folder.h"
#include "gradebook.h"
#include "grader/compile.h"
#include "grader/digest.h"
#include "grader/process.h"
#include "grader/record.h"
#include "grader/run.h"
#include "grader/score.h"
#include "marks.h"
#include "stage.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DONE = 0, USAGE = 2, CANNOT = 3, DAY_S = 86400, TOLD_MS = 10000 };

static const char usage[] =
    "usage: grade class SUBMISSIONS --roster FILE --out DIR [--lab LAB]\n"
    "                 [--cc gcc|clang] [--backfill] [--again]\n"
    "                 [--engine parallel|slurm] [--jobs N]\n"
    "                 [--due TIME] [--late-percent N]\n"
    "                 [--hidden full|name|nothing] [--former DIR]\n"
    "\n"
    "Grades what a class handed in, and writes DIR/*.csv and the pages. The\n"
    "same command again grades what is missing or has changed.\n"
    "  --roster FILE     CSV with the columns id and name; see README.md\n"
    "  --lab LAB         one lab; else each that somebody has handed in\n"
    "  --again           grades all again, and keeps what there is\n"
    "  --due TIME        such as 2026-10-01T23:59+02:00\n"
    "  --late-percent N  of the score, for each day late; else 10\n"
    "  --hidden POLICY   what pages tell students of hidden tests; else name\n"
    "  --former DIR      the sources of former years, to compare with\n"
    "\n"
    "Exit: 0 all is graded; 2 usage; 3 something could not be graded.\n";

struct class
{
    const struct course *course;
    const char *submissions, *roster_path, *out, *cc, *engine_name, *hidden;
    const char *former;
    const struct lab *only;
    bool backfill, again;
    int jobs, percent, round;
    time_t due; /* or ROSTER_NOT_SAID */

    char work[4096], grader[4096], apart[4096];
    char digest[DIGEST_TEXT], compiler[COMPILER_TEXT];
    struct roster roster;
    struct handins handins;
    struct gradebook book;
    int max_score[COURSE_LABS];

    struct engine engine;
    size_t recorded, room;
    int64_t began_ms, told_ms;
    size_t failed; /* that could not be graded */
};

static int fail_usage(void)
{
    fputs(usage, stderr);
    return USAGE;
}

static bool complain(const char *what)
{
    fprintf(stderr, "grade: %s\n", what);
    return false;
}

/* ---- progress ---- */

static void tell_progress(struct class *c, bool last)
{
    int64_t now = process_clock_ms();
    bool terminal = isatty(1);
    size_t n = c->recorded, all = c->engine.count;
    double seconds = (double)(now - c->began_ms) / 1000;
    char left[64] = "";

    if (!last && now - c->told_ms < (terminal ? 500 : TOLD_MS))
        return;
    c->told_ms = now;
    if (n > 0 && n < all)
        snprintf(left, sizeof left, ", %.0f s left",
                 seconds / (double)n * (double)(all - n));
    printf("%s  %zu of %zu graded, %.2f a second%s%s", terminal ? "\r" : "", n,
           all, seconds > 0 ? (double)n / seconds : 0.0, left,
           terminal && !last ? "          " : "\n");
    fflush(stdout);
}

/* ---- results ---- */

static const struct lab *lab_of(const struct class *c, const char *name)
{
    return course_find(c->course, name);
}

/* The lab's object of a result that may count; NULL otherwise. Nothing is said
 * of a file that is not there yet. */
static json_t *read_result(const char *path, const char *lab,
                           const char *digest)
{
    if (access(path, F_OK) != 0)
        return NULL;
    json_t *r = record_read(path);
    json_t *one = json_array_get(json_object_get(r, "labs"), 0);
    const char *name = json_string_value(json_object_get(one, "lab"));
    const char *fence = json_string_value(json_object_get(r, "fence"));
    const char *tests = json_string_value(json_object_get(r, "digest"));
    bool counts = name && fence && tests && strcmp(name, lab) == 0 &&
                  strcmp(fence, "namespaces") == 0 &&
                  strcmp(tests, digest) == 0;
    json_t *result = counts ? json_incref(one) : NULL;

    json_decref(r);
    return result;
}

/* Why a lab has a score of 0 with no test run: its first line. */
static void first_line(char line[300], const json_t *lab)
{
    const char *p = json_string_value(json_object_get(lab, "problem"));

    snprintf(line, 300, "%.*s", p ? (int)strcspn(p, "\n") : 0, p ? p : "");
}

static void clear_task(const struct class *c, const char *key)
{
    static const char *const ends[] = {"", ".json", ".err"};
    char path[4200];

    for (size_t i = 0; i < 3; i++)
        if (folder_path(path, "%s/%s%s", c->work, key, ends[i]))
            folder_remove(path);
}

/* A task as the gradebook planned it. */
static struct grading planned(sqlite3_stmt *s)
{
    return (struct grading){.student = gradebook_text(s, 0),
                            .lab = gradebook_text(s, 1),
                            .submission = gradebook_text(s, 2),
                            .tests = gradebook_text(s, 3),
                            .compiler = gradebook_text(s, 4),
                            .round = sqlite3_column_int(s, 5),
                            .source = gradebook_text(s, 6),
                            .note = gradebook_text(s, 7),
                            .days_late = sqlite3_column_int(s, 8)};
}

#define PLANNED                                                               \
    "SELECT student, lab, submission, tests, compiler, round, source, note, " \
    "days_late, key FROM task "

/* Records the result of a task if it is there. */
static bool take_result(struct class *c, const char *key, bool *taken)
{
    char path[4200], reason[300];
    bool fine = true;
    sqlite3_stmt *s =
        gradebook_ask(&c->book, PLANNED "WHERE key = ?", "s", key);

    *taken = false;
    if (!s)
        return complain(c->book.problem);
    if (sqlite3_step(s) == SQLITE_ROW &&
        folder_path(path, "%s/%s.json", c->work, key)) {
        struct grading g = planned(s);
        json_t *lab = read_result(path, g.lab, g.tests);
        if (lab) {
            first_line(reason, lab);
            g.status = STAGE_READY;
            g.reason = reason;
            g.score = (int)json_integer_value(json_object_get(lab, "score"));
            g.max_score =
                (int)json_integer_value(json_object_get(lab, "max_score"));
            g.result = lab;
            fine = gradebook_record(&c->book, &g, key) ||
                   complain(c->book.problem);
            *taken = fine;
            json_decref(lab);
        }
    }
    sqlite3_finalize(s);
    if (*taken)
        clear_task(c, key);
    return fine;
}

static bool collect(void *arg)
{
    struct class *c = arg;

    for (size_t i = 0; i < c->engine.count; i++) {
        struct engine_task *t = &c->engine.tasks[i];
        if (t->done)
            continue;
        if (!take_result(c, t->key, &t->done))
            return false;
        c->recorded += t->done;
    }
    tell_progress(c, false);
    return true;
}

/* What a run that was killed has left: results are recorded, the rest is
 * planned anew. */
static bool take_over(struct class *c)
{
    char keys[64];
    bool taken, fine = true;

    for (;;) {
        sqlite3_stmt *s =
            gradebook_ask(&c->book, "SELECT key FROM task LIMIT 1", "");
        bool more = s && sqlite3_step(s) == SQLITE_ROW;
        if (more)
            snprintf(keys, sizeof keys, "%s", gradebook_text(s, 0));
        sqlite3_finalize(s);
        if (!more)
            break;
        fine = take_result(c, keys, &taken) &&
               (taken || gradebook_forget_plan(&c->book, keys) ||
                complain(c->book.problem));
        if (!fine)
            return false;
    }
    return true;
}

/* ---- what is to be graded ---- */

static int days_late(const struct class *c, const struct student *s, size_t lab,
                     const struct staged *st)
{
    time_t when =
        s->submitted[lab] != ROSTER_NOT_SAID ? s->submitted[lab] : st->when;

    if (s->days_late[lab] != ROSTER_NOT_SAID)
        return s->days_late[lab];
    if (c->due == ROSTER_NOT_SAID || when == ROSTER_NOT_SAID)
        return st->late ? ROSTER_NOT_SAID : 0;
    return when <= c->due ? 0 : (int)((when - c->due + DAY_S - 1) / DAY_S);
}

/* 32 digits of the digest of all that makes the grading what it is. */
static void make_key(char key[40], const struct grading *g)
{
    struct sha256_ctx s;
    uint8_t sum[SHA256_DIGEST_SIZE];
    const char *const parts[] = {g->student, g->lab, g->submission, g->tests};

    sha256_init(&s);
    for (size_t i = 0; i < 4; i++)
        sha256_update(&s, strlen(parts[i]) + 1, (const uint8_t *)parts[i]);
    sha256_update(&s, sizeof g->round, (const uint8_t *)&g->round);
    sha256_digest(&s, sizeof sum, sum);
    for (size_t i = 0; i < 16; i++)
        snprintf(key + 2 * i, 3, "%02x", sum[i]);
}

static bool add_task(struct class *c, const struct grading *g,
                     const struct lab *lab, const char *staged)
{
    char path[4200];
    struct engine *e = &c->engine;

    if (e->count == c->room) {
        c->room = c->room ? 2 * c->room : 64;
        e->tasks = realloc(e->tasks, c->room * sizeof *e->tasks);
        if (!e->tasks)
            return complain("out of memory");
    }
    struct engine_task *t = &e->tasks[e->count];
    *t = (struct engine_task){.lab = lab->name};
    make_key(t->key, g);
    clear_task(c, t->key);
    if (!gradebook_keep_files(&c->book, g->submission, lab, staged) ||
        !gradebook_plan(&c->book, t->key, g))
        return complain(c->book.problem);
    if (!folder_path(path, "%s/%s", c->work, t->key) ||
        rename(staged, path) != 0)
        return complain(strerror(errno));
    e->count++;
    return true;
}

static bool plan_one(struct class *c, const struct student *s, size_t lab_index,
                     const struct staged *st, const char *staged)
{
    const struct lab *lab = &c->course->labs[lab_index];
    bool ready = strcmp(st->status, STAGE_READY) == 0, there;
    char note[400];
    int days = days_late(c, s, lab_index, st);

    snprintf(note, sizeof note, "%s%s", st->note,
             days == ROSTER_NOT_SAID ? " late by an unknown number of days: "
                                       "say days_late in the roster"
                                     : "");
    struct grading g = {.student = s->id,
                        .lab = lab->name,
                        .submission = st->digest,
                        .tests = c->digest,
                        .compiler = c->compiler,
                        .round = ready ? c->round : 0,
                        .status = st->status,
                        .reason = st->reason,
                        .max_score = c->max_score[lab_index],
                        .source = st->source,
                        .note = note + (*note == ' '),
                        .days_late = days};
    if (!ready)
        return gradebook_record(&c->book, &g, NULL) ||
               complain(c->book.problem);
    if (!gradebook_has(&c->book, &g, &there))
        return complain(c->book.problem);
    return there || add_task(c, &g, lab, staged);
}

static bool stage(struct class *c, size_t student, const struct lab *lab,
                  struct staged *st, char staged[4096])
{
    size_t n;
    const struct handin *items = handin_of(&c->handins, student, &n);

    if (folder_path(staged, "%s/in", c->work) &&
        stage_take(st, lab, items, n, staged, c->backfill))
        return true;
    fprintf(stderr, "grade: %s: what was handed in cannot be read: %s\n",
            c->roster.students[student].id, strerror(errno));
    return false;
}

/* Whether anybody has handed in something of the lab. */
static bool is_in_use(struct class *c, const struct lab *lab, bool *some)
{
    struct staged st;
    char staged[4096];

    *some = c->only == lab;
    for (size_t i = 0; !c->only && !*some && i < c->roster.count; i++) {
        if (!stage(c, i, lab, &st, staged))
            return false;
        *some = strcmp(st.status, STAGE_READY) == 0;
    }
    return true;
}

static bool count_points(struct class *c, size_t index)
{
    char problem[512];
    const struct lab *lab = &c->course->labs[index];
    json_t *t, *list = run_list(c->course, lab, problem);
    size_t i;

    if (!list)
        return complain(problem);
    int n = lab->memory_points + score_race_points(lab, list) +
            lab->schedule_points;
    json_array_foreach(list, i, t)
    {
        n += (int)json_integer_value(json_object_get(t, "points"));
    }
    c->max_score[index] = n;
    json_decref(list);
    return true;
}

static bool plan_lab(struct class *c, size_t index)
{
    struct staged st;
    char staged[4096];

    if (!count_points(c, index))
        return false;
    for (size_t i = 0; i < c->roster.count; i++)
        if (!stage(c, i, &c->course->labs[index], &st, staged) ||
            !plan_one(c, &c->roster.students[i], index, &st, staged))
            return false;
    return true;
}

static bool plan(struct class *c)
{
    bool some, any = false;

    for (size_t i = 0; i < c->course->lab_count; i++) {
        if (!is_in_use(c, &c->course->labs[i], &some))
            return false;
        if (some && !plan_lab(c, i))
            return false;
        any = any || some;
    }
    return any || complain("nobody of the roster has handed in a file of any "
                           "lab: is it the right folder? strays.csv says what "
                           "was found");
}

/* ---- the rest ---- */

static bool write_strays(const struct class *c)
{
    struct folder_file w;
    FILE *f = folder_write(&w, "%s/strays.csv", c->out);

    if (!f)
        return complain(strerror(errno));
    fputs("path,why\r\n", f);
    for (size_t i = 0; i < c->handins.stray_count; i++)
        fprintf(f, "\"%s\",%s\r\n", c->handins.strays[i].path,
                c->handins.strays[i].why);
    if (!folder_finish(&w))
        return complain(strerror(errno));
    if (c->handins.stray_count)
        printf("  %zu of what was handed in belong to nobody: %s/strays.csv\n",
               c->handins.stray_count, c->out);
    return true;
}

/* The last line that a failed grading said. */
static void say_failed(struct class *c)
{
    char path[4200];
    size_t size;

    for (size_t i = 0; i < c->engine.count; i++) {
        const struct engine_task *t = &c->engine.tasks[i];
        if (t->done)
            continue;
        c->failed++;
        folder_path(path, "%s/%s.err", c->work, t->key);
        char *said = folder_read(path, &size);
        fprintf(stderr, "grade: %s could not be graded: %s\n", t->key,
                said && *said ? said : "the grader said nothing");
        free(said);
    }
}

static bool run_engine(struct class *c)
{
    struct engine *e = &c->engine;

    *e = (struct engine){.work = c->work,
                         .grader = c->grader,
                         .apart = c->apart,
                         .cc = c->cc,
                         .backfill = c->backfill,
                         .jobs = c->jobs,
                         .tasks = e->tasks,
                         .count = e->count,
                         .collect = collect,
                         .arg = c};
    c->began_ms = c->told_ms = process_clock_ms();
    if (e->count == 0) {
        printf("  nothing is missing: every grading is there\n");
        return true;
    }
    printf("  %zu to grade\n", e->count);
    fflush(stdout);
    bool fine = strcmp(c->engine_name, "slurm") == 0 ? engine_slurm(e)
                                                     : engine_parallel(e);
    tell_progress(c, true);
    say_failed(c);
    return fine || (*e->problem && complain(e->problem));
}

/* A round of --again that was interrupted is gone on with. */
static bool begin_round(struct class *c)
{
    sqlite3_stmt *s = gradebook_ask(
        &c->book, "SELECT value FROM setting WHERE name = 'round'", "");
    int open =
        s && sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int(s, 0) : 0;

    sqlite3_finalize(s);
    if (!c->again)
        return true;
    s = gradebook_ask(&c->book, "SELECT coalesce(max(round), 0) FROM grading",
                      "");
    int last =
        s && sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int(s, 0) : 0;
    sqlite3_finalize(s);
    c->round = open ? open : last + 1;
    return gradebook_do(&c->book,
                        "INSERT OR REPLACE INTO setting VALUES('round', ?)",
                        "i", c->round) ||
           complain(c->book.problem);
}

static bool finish(struct class *c)
{
    struct marks m;
    bool fine =
        gradebook_do(&c->book,
                     "INSERT OR REPLACE INTO setting VALUES('late_percent', ?)",
                     "i", c->percent) &&
        marks_read(&m, &c->book, c->percent) &&
        marks_export(&m, &c->book, c->out);

    if (!fine)
        return complain(c->book.problem);
    fine = class_pages(&c->book, &m, c->course, c->out, c->hidden, c->former);
    printf("\n  %zu students, %zu labs: %s/gradebook.csv\n"
           "  why each mark is what it is: %s/labs.csv, tests.csv, "
           "changes.csv\n"
           "  for Canvas and Moodle: %s/canvas.csv, moodle-*.csv\n"
           "  pages: %s/overview.html, %s/pages/\n",
           c->roster.count, m.lab_count, c->out, c->out, c->out, c->out,
           c->out);
    marks_free(&m);
    if (c->failed)
        return complain("not everything is graded: the same command again "
                        "tries the rest");
    return fine &&
           ((gradebook_do(&c->book, "DELETE FROM setting WHERE name = 'round'",
                          "") &&
             gradebook_back_up(&c->book) && folder_remove(c->work)) ||
            complain(c->book.problem));
}

static bool set_up(struct class *c)
{
    if (!compile_can_box())
        return complain("UNSANDBOXED: this machine gives no namespaces, so a "
                        "submission could forge its marks or harm the others. "
                        "A class is not graded here; `grade doctor` says what "
                        "is missing");
    if (!roster_read(&c->roster, c->course, c->roster_path))
        return complain(c->roster.problem);
    if (!digest_compiler(c->cc, c->compiler))
        return complain("there is no such compiler");
    if (!digest_course(c->course, c->compiler, c->digest))
        return complain("build/judge/sources is missing: run make");
    if (!folder_make(c->out) || !realpath(c->out, c->grader))
        return complain(strerror(errno));
    if (!folder_path(c->work, "%s/work", c->grader) || !folder_make(c->work))
        return complain(strerror(errno));
    course_path(c->course, c->grader, "build/bin/grade");
    course_path(c->course, c->apart, "tests/grader/class/apart.sh");
    if (!gradebook_open(&c->book, c->out, true))
        return complain(c->book.problem);
    return handin_scan(&c->handins, &c->roster, c->submissions) ||
           complain(c->handins.problem);
}

static bool grade_all(struct class *c)
{
    return set_up(c) &&
           (gradebook_roster(&c->book, &c->roster) ||
            complain(c->book.problem)) &&
           take_over(c) && begin_round(c) && write_strays(c) && plan(c) &&
           run_engine(c) && finish(c);
}

/* ---- the command ---- */

static bool read_number(const char *text, int *n)
{
    char *end;
    long v = strtol(text, &end, 10);

    *n = (int)v;
    return *text && !*end && v >= 0 && v <= 10000;
}

static bool read_option(struct class *c, int option)
{
    switch (option) {
    case 'r': c->roster_path = optarg; return true;
    case 'o': c->out = optarg; return true;
    case 'c':
        c->cc = optarg;
        return strcmp(optarg, "gcc") == 0 || strcmp(optarg, "clang") == 0;
    case 'e':
        c->engine_name = optarg;
        return strcmp(optarg, "parallel") == 0 || strcmp(optarg, "slurm") == 0;
    case 'j': return read_number(optarg, &c->jobs);
    case 'p': return read_number(optarg, &c->percent) && c->percent <= 100;
    case 'd': return roster_time(optarg, &c->due);
    case 'h':
        c->hidden = optarg;
        return strcmp(optarg, "full") == 0 || strcmp(optarg, "name") == 0 ||
               strcmp(optarg, "nothing") == 0;
    case 'f': c->former = optarg; return true;
    case 'b': c->backfill = true; return true;
    case 'a': c->again = true; return true;
    case 'l':
        c->only = lab_of(c, optarg);
        if (!c->only)
            fprintf(stderr, "grade: there is no lab \"%s\"\n", optarg);
        return c->only != NULL;
    default: return false;
    }
}

static bool read_options(int argc, char **argv, struct class *c)
{
    static const struct option known[] = {
        {"roster", required_argument, NULL, 'r'},
        {"out", required_argument, NULL, 'o'},
        {"lab", required_argument, NULL, 'l'},
        {"cc", required_argument, NULL, 'c'},
        {"engine", required_argument, NULL, 'e'},
        {"jobs", required_argument, NULL, 'j'},
        {"late-percent", required_argument, NULL, 'p'},
        {"due", required_argument, NULL, 'd'},
        {"hidden", required_argument, NULL, 'h'},
        {"former", required_argument, NULL, 'f'},
        {"backfill", no_argument, NULL, 'b'},
        {"again", no_argument, NULL, 'a'},
        {0}};

    argv[0] = "grade";
    for (int o; (o = getopt_long(argc, argv, "", known, NULL)) != -1;)
        if (!read_option(c, o))
            return false;
    if (optind != argc - 1 || !c->roster_path || !c->out)
        return false;
    c->submissions = argv[optind];
    return true;
}

int class_grade(int argc, char **argv, const struct course *course)
{
    static struct class c;

    c = (struct class){.course = course,
                       .cc = "gcc",
                       .engine_name = "parallel",
                       .hidden = "name",
                       .percent = 10,
                       .due = ROSTER_NOT_SAID,
                       .book = {.lock = -1}};
    if (!read_options(argc, argv, &c))
        return fail_usage();
    unsetenv("PLAIN"); /* a kept result does not depend on who reads it */
    bool done = grade_all(&c);
    gradebook_close(&c.book);
    handin_free(&c.handins);
    roster_free(&c.roster);
    free(c.engine.tasks);
    return done ? DONE : CANNOT;
}

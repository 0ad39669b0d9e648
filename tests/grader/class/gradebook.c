/* SPDX-License-Identifier: MIT
 *
 * gradebook.c - every mark and how it came about: one SQLite file
 */
#include "gradebook.h"

#include "folder.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { APPLICATION = 0x41624753, VERSION = 1, BUSY_MS = 60000 };

static const char schema[] =
    "CREATE TABLE student(id TEXT PRIMARY KEY, place INTEGER NOT NULL, name "
    "TEXT NOT NULL, email TEXT, login TEXT, sis_id TEXT, section TEXT, "
    "canvas_id TEXT, moodle_id TEXT, late_days INTEGER NOT NULL);"
    "CREATE TABLE file(submission TEXT, path TEXT, bytes BLOB NOT NULL, "
    "PRIMARY "
    "KEY(submission, path)) WITHOUT ROWID;"
    "CREATE TABLE grading(seq INTEGER PRIMARY KEY AUTOINCREMENT, student TEXT "
    "NOT NULL, lab TEXT NOT NULL, submission TEXT NOT NULL, tests TEXT NOT "
    "NULL, round INTEGER NOT NULL, compiler TEXT NOT NULL, status TEXT NOT "
    "NULL, reason TEXT NOT NULL, score INTEGER NOT NULL, max_score INTEGER NOT "
    "NULL, at TEXT NOT NULL, result TEXT, UNIQUE(student, lab, submission, "
    "tests, round));"
    "CREATE TABLE verdict(grading INTEGER NOT NULL REFERENCES grading(seq), "
    "place INTEGER NOT NULL, test TEXT NOT NULL, suite TEXT NOT NULL, status "
    "TEXT NOT NULL, score INTEGER NOT NULL, max_score INTEGER NOT NULL, "
    "seconds REAL NOT NULL, PRIMARY KEY(grading, test)) WITHOUT ROWID;"
    "CREATE TABLE current(student TEXT, lab TEXT, grading INTEGER NOT NULL "
    "REFERENCES grading(seq), source TEXT NOT NULL, note TEXT NOT NULL, "
    "days_late INTEGER NOT NULL, PRIMARY KEY(student, lab)) WITHOUT ROWID;"
    "CREATE TABLE change(seq INTEGER PRIMARY KEY AUTOINCREMENT, student TEXT "
    "NOT NULL, lab TEXT NOT NULL, before INTEGER NOT NULL, after INTEGER NOT "
    "NULL, why TEXT NOT NULL, at TEXT NOT NULL);"
    "CREATE TABLE task(key TEXT PRIMARY KEY, student TEXT NOT NULL, lab TEXT "
    "NOT NULL, submission TEXT NOT NULL, tests TEXT NOT NULL, compiler TEXT "
    "NOT NULL, round INTEGER NOT NULL, source TEXT NOT NULL, note TEXT NOT "
    "NULL, days_late INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;";

static bool fail(struct gradebook *g, const char *doing)
{
    int code = sqlite3_errcode(g->db);
    bool full = code == SQLITE_FULL || code == SQLITE_IOERR;

    snprintf(g->problem, sizeof g->problem, "%.400s: %s: %s%s", g->path, doing,
             sqlite3_errmsg(g->db),
             full ? ". Nothing that was recorded is lost: make room on the "
                    "disk and give the same command again"
                  : "");
    return false;
}

/* ---- questions ---- */

static sqlite3_stmt *prepare(struct gradebook *g, const char *sql,
                             const char *kinds, va_list list)
{
    sqlite3_stmt *s = NULL;

    if (sqlite3_prepare_v2(g->db, sql, -1, &s, NULL) != SQLITE_OK) {
        fail(g, "cannot be asked");
        return NULL;
    }
    for (int i = 1; *kinds; kinds++, i++) {
        if (*kinds == 'i')
            sqlite3_bind_int(s, i, va_arg(list, int));
        else
            sqlite3_bind_text(s, i, va_arg(list, const char *), -1,
                              SQLITE_TRANSIENT);
    }
    return s;
}

sqlite3_stmt *gradebook_ask(struct gradebook *g, const char *sql,
                            const char *kinds, ...)
{
    va_list list;

    va_start(list, kinds);
    sqlite3_stmt *s = prepare(g, sql, kinds, list);
    va_end(list);
    return s;
}

bool gradebook_do(struct gradebook *g, const char *sql, const char *kinds, ...)
{
    va_list list;
    int code;

    va_start(list, kinds);
    sqlite3_stmt *s = prepare(g, sql, kinds, list);
    va_end(list);
    if (!s)
        return false;
    while ((code = sqlite3_step(s)) == SQLITE_ROW)
        ;
    if (code != SQLITE_DONE)
        fail(g, "cannot be written");
    sqlite3_finalize(s);
    return code == SQLITE_DONE;
}

const char *gradebook_text(sqlite3_stmt *s, int column)
{
    const char *text = (const char *)sqlite3_column_text(s, column);

    return text ? text : "";
}

static bool begin(struct gradebook *g)
{
    return gradebook_do(g, "BEGIN IMMEDIATE", "");
}

/* Ends a transaction, well or not. */
static bool end(struct gradebook *g, bool fine)
{
    char problem[sizeof g->problem];

    if (fine && gradebook_do(g, "COMMIT", ""))
        return true;
    memcpy(problem, g->problem, sizeof problem);
    gradebook_do(g, "ROLLBACK", "");
    memcpy(g->problem, problem, sizeof problem);
    return false;
}

/* One number; -1 when there is none. */
static int number(struct gradebook *g, const char *sql)
{
    sqlite3_stmt *s = gradebook_ask(g, sql, "");
    int n = s && sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int(s, 0) : -1;

    sqlite3_finalize(s);
    return n;
}

/* ---- open ---- */

/* SQLite's own check, and that the points of tests add up to those of their
 * grading. */
static bool is_sound(struct gradebook *g, char why[256])
{
    sqlite3_stmt *s = gradebook_ask(g, "PRAGMA quick_check(1)", "");
    const char *said =
        s && sqlite3_step(s) == SQLITE_ROW ? gradebook_text(s, 0) : NULL;
    bool sound = said && strcmp(said, "ok") == 0;

    snprintf(why, 256, "%.250s", said ? said : sqlite3_errmsg(g->db));
    sqlite3_finalize(s);
    if (!sound || number(g, "SELECT count(*) FROM sqlite_master") == 0)
        return sound;
    if (number(g, "PRAGMA application_id") != APPLICATION ||
        number(g, "PRAGMA user_version") != VERSION) {
        snprintf(why, 256, "it is no gradebook of this version");
        return false;
    }
    int wrong = number(g, "SELECT count(*) FROM grading g WHERE status = "
                          "'graded' AND score != (SELECT sum(score) FROM "
                          "verdict v WHERE v.grading = g.seq)");
    if (wrong != 0)
        snprintf(why, 256,
                 "in %d gradings the points of the tests do not add "
                 "up",
                 wrong);
    return wrong == 0;
}

static bool refuse(struct gradebook *g, const char *folder, const char *why)
{
    snprintf(g->problem, sizeof g->problem,
             "%.200s/gradebook.db is damaged (%.200s). It was not changed. To "
             "recover the state of the last finished run:\n"
             "    mkdir %.200s/damaged && mv %.200s/gradebook.db* "
             "%.200s/damaged/\n"
             "    cp %.200s/gradebook.backup.db %.200s/gradebook.db\n"
             "and give the same command again: it grades what is missing. "
             "Without the backup, `sqlite3 gradebook.db .recover` saves what "
             "can be read.",
             folder, why, folder, folder, folder, folder, folder);
    return false;
}

static bool lock(struct gradebook *g, const char *folder)
{
    char path[4096];

    if (!folder_path(path, "%s/lock", folder) ||
        (g->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666)) < 0) {
        snprintf(g->problem, sizeof g->problem, "%.400s/lock: %s", folder,
                 strerror(errno));
        return false;
    }
    if (flock(g->lock, LOCK_EX | LOCK_NB) == 0)
        return true;
    snprintf(g->problem, sizeof g->problem,
             "%.400s: another `grade class` works there", folder);
    return false;
}

static bool make_schema(struct gradebook *g)
{
    char sql[64];

    if (number(g, "SELECT count(*) FROM sqlite_master") != 0)
        return true;
    if (!begin(g))
        return false;
    snprintf(sql, sizeof sql, "PRAGMA application_id = %d", APPLICATION);
    bool fine = gradebook_do(g, sql, "") &&
                gradebook_do(g, "PRAGMA user_version = 1", "") &&
                (sqlite3_exec(g->db, schema, NULL, NULL, NULL) == SQLITE_OK ||
                 fail(g, "cannot be made"));
    return end(g, fine);
}

static bool prepare_file(struct gradebook *g, const char *folder, bool write)
{
    char why[256];

    sqlite3_busy_timeout(g->db, BUSY_MS);
    if (!is_sound(g, why)) {
        int code = sqlite3_errcode(g->db);
        if (code == SQLITE_CANTOPEN || code == SQLITE_FULL ||
            code == SQLITE_IOERR || code == SQLITE_READONLY ||
            code == SQLITE_BUSY)
            return fail(g, "cannot be read");
        return refuse(g, folder, why);
    }
    return !write ||
           (gradebook_do(g, "PRAGMA journal_mode = WAL", "") &&
            gradebook_do(g, "PRAGMA synchronous = FULL", "") && make_schema(g));
}

bool gradebook_open(struct gradebook *g, const char *folder, bool write)
{
    *g = (struct gradebook){.lock = -1};
    if (!folder_path(g->path, "%s/gradebook.db", folder) ||
        (write && !lock(g, folder)))
        return false;
    int flags = write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
                      : SQLITE_OPEN_READWRITE;
    bool fine = (sqlite3_open_v2(g->path, &g->db, flags, NULL) == SQLITE_OK ||
                 fail(g, "cannot be opened")) &&
                prepare_file(g, folder, write);
    if (!fine)
        gradebook_close(g);
    return fine;
}

bool gradebook_back_up(struct gradebook *g)
{
    char to[4200], temporary[4300];
    sqlite3 *copy = NULL;

    snprintf(to, sizeof to, "%.*sbackup.db", (int)strlen(g->path) - 2, g->path);
    snprintf(temporary, sizeof temporary, "%s.new", to);
    unlink(temporary);
    bool fine = sqlite3_open(temporary, &copy) == SQLITE_OK;
    sqlite3_backup *b =
        fine ? sqlite3_backup_init(copy, "main", g->db, "main") : NULL;
    fine = b && sqlite3_backup_step(b, -1) == SQLITE_DONE;
    if (b)
        fine = sqlite3_backup_finish(b) == SQLITE_OK && fine;
    fine = sqlite3_close(copy) == SQLITE_OK && fine;
    if (fine && rename(temporary, to) == 0)
        return true;
    unlink(temporary);
    snprintf(g->problem, sizeof g->problem, "%.3000s cannot be written", to);
    return false;
}

void gradebook_close(struct gradebook *g)
{
    sqlite3_close(g->db);
    g->db = NULL;
    if (g->lock >= 0)
        close(g->lock);
    g->lock = -1;
}

/* ---- write ---- */

bool gradebook_roster(struct gradebook *g, const struct roster *r)
{
    if (!begin(g))
        return false;
    bool fine = gradebook_do(g, "DELETE FROM student", "");
    for (size_t i = 0; fine && i < r->count; i++) {
        const struct student *s = &r->students[i];
        fine = gradebook_do(
            g, "INSERT INTO student VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            "sisssssssi", s->id, (int)i, s->name, s->email, s->login, s->sis_id,
            s->section, s->canvas_id, s->moodle_id, s->late_days);
    }
    return end(g, fine);
}

static bool keep_file(struct gradebook *g, const char *digest,
                      const char *folder, const char *name)
{
    char path[4096];
    size_t size = 0;

    if (!folder_path(path, "%s/%s", folder, name))
        return true;
    char *bytes = folder_read(path, &size);
    if (!bytes)
        return true; /* not handed in */
    sqlite3_stmt *s = gradebook_ask(
        g, "INSERT OR IGNORE INTO file VALUES(?, ?, ?)", "ss", digest, name);
    bool fine =
        s &&
        sqlite3_bind_blob(s, 3, bytes, (int)size, SQLITE_STATIC) == SQLITE_OK &&
        sqlite3_step(s) == SQLITE_DONE;
    if (!fine)
        fail(g, "cannot keep a file");
    sqlite3_finalize(s);
    free(bytes);
    return fine;
}

bool gradebook_keep_files(struct gradebook *g, const char *digest,
                          const struct lab *lab, const char *folder)
{
    char name[256];

    if (!begin(g))
        return false;
    bool fine = true;
    for (size_t i = 0; fine && i < lab->file_count; i++) {
        snprintf(name, sizeof name, "%s/%s", lab->name, lab->files[i]);
        fine = keep_file(g, digest, folder, name);
    }
    for (size_t i = 0; fine && i < lab->need_count; i++)
        fine = keep_file(g, digest, folder, lab->needs[i]);
    return end(g, fine);
}

bool gradebook_plan(struct gradebook *g, const char *key,
                    const struct grading *w)
{
    return gradebook_do(
        g, "INSERT OR REPLACE INTO task VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        "ssssssissi", key, w->student, w->lab, w->submission, w->tests,
        w->compiler, w->round, w->source, w->note, w->days_late);
}

bool gradebook_forget_plan(struct gradebook *g, const char *key)
{
    return gradebook_do(g, "DELETE FROM task WHERE key = ?", "s", key);
}

static int find(struct gradebook *g, const struct grading *w)
{
    sqlite3_stmt *s = gradebook_ask(
        g,
        "SELECT seq FROM grading WHERE student = ? AND lab = ? AND submission "
        "= ? AND tests = ? AND round >= ? ORDER BY round DESC",
        "ssssi", w->student, w->lab, w->submission, w->tests, w->round);
    int seq = s && sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int(s, 0) : 0;

    sqlite3_finalize(s);
    return seq;
}

/* Why a grading replaces another: what differs between their keys. */
static void explain(struct gradebook *g, int before, int after, char why[160])
{
    sqlite3_stmt *s = gradebook_ask(
        g,
        "SELECT a.submission != b.submission, a.tests != b.tests, a.compiler "
        "!= b.compiler FROM grading a, grading b WHERE a.seq = ? AND b.seq = ?",
        "ii", before, after);
    bool files = false, tests = false, compiler = false;

    if (s && sqlite3_step(s) == SQLITE_ROW) {
        files = sqlite3_column_int(s, 0);
        tests = sqlite3_column_int(s, 1);
        compiler = sqlite3_column_int(s, 2);
    }
    sqlite3_finalize(s);
    const char *of_tests =
        compiler ? "another compiler" : "other tests or flags";
    snprintf(why, 160, "%s%s%s", files ? "another submission" : "",
             files && tests ? "; " : "", tests ? of_tests : "");
    if (!files && !tests)
        snprintf(why, 160, "graded again on request");
}

/* Makes a grading the current one, and notes what it replaces. */
static bool make_current(struct gradebook *g, int seq, const struct grading *w)
{
    char why[160];
    sqlite3_stmt *s =
        gradebook_ask(g,
                      "SELECT grading FROM current WHERE student = ? AND "
                      "lab = ?",
                      "ss", w->student, w->lab);
    int before =
        s && sqlite3_step(s) == SQLITE_ROW ? sqlite3_column_int(s, 0) : 0;

    sqlite3_finalize(s);
    if (before && before != seq) {
        explain(g, before, seq, why);
        if (!gradebook_do(g,
                          "INSERT INTO change(student, lab, before, after, "
                          "why, at) VALUES(?, ?, ?, ?, ?, datetime())",
                          "ssiis", w->student, w->lab, before, seq, why))
            return false;
    }
    return gradebook_do(
        g, "INSERT OR REPLACE INTO current VALUES(?, ?, ?, ?, ?, ?)", "ssissi",
        w->student, w->lab, seq, w->source, w->note, w->days_late);
}

bool gradebook_has(struct gradebook *g, const struct grading *what, bool *there)
{
    int seq = find(g, what);

    *there = seq > 0;
    if (!*there)
        return true;
    return begin(g) && end(g, make_current(g, seq, what));
}

static bool insert_verdicts(struct gradebook *g, int seq, const json_t *lab)
{
    bool fine = true;
    size_t i;
    json_t *t;

    json_array_foreach(json_object_get(lab, "tests"), i, t)
    {
        sqlite3_stmt *s = gradebook_ask(
            g, "INSERT INTO verdict VALUES(?, ?, ?, ?, ?, ?, ?, ?)", "iisssii",
            seq, (int)i, json_string_value(json_object_get(t, "name")),
            json_string_value(json_object_get(t, "suite")),
            json_string_value(json_object_get(t, "status")),
            (int)json_integer_value(json_object_get(t, "score")),
            (int)json_integer_value(json_object_get(t, "max_score")));
        fine = fine && s &&
               sqlite3_bind_double(
                   s, 8, json_number_value(json_object_get(t, "seconds"))) ==
                   SQLITE_OK &&
               (sqlite3_step(s) == SQLITE_DONE || fail(g, "cannot be written"));
        sqlite3_finalize(s);
    }
    return fine;
}

static bool insert_grading(struct gradebook *g, const struct grading *w)
{
    char *result = w->result ? json_dumps(w->result, JSON_COMPACT) : NULL;
    bool fine = gradebook_do(
        g,
        "INSERT INTO grading(student, lab, submission, tests, round, compiler, "
        "status, reason, score, max_score, at, result) VALUES(?, ?, ?, ?, ?, "
        "?, ?, ?, ?, ?, datetime(), ?)",
        "ssssisssiis", w->student, w->lab, w->submission, w->tests, w->round,
        w->compiler, w->status, w->reason, w->score, w->max_score, result);

    free(result);
    return fine;
}

bool gradebook_record(struct gradebook *g, const struct grading *w,
                      const char *key)
{
    if (!begin(g))
        return false;
    int seq = find(g, w);
    bool fine = true;
    if (seq == 0) {
        fine = insert_grading(g, w);
        seq = (int)sqlite3_last_insert_rowid(g->db);
        fine = fine && (!w->result || insert_verdicts(g, seq, w->result));
    }
    fine = fine && make_current(g, seq, w) &&
           (!key || gradebook_forget_plan(g, key));
    return end(g, fine);
}

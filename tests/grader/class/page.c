/* SPDX-License-Identifier: MIT
 *
 * page.c - a page for each student and lab, and the teacher's overview
 */
#include "class.h"
#include "folder.h"
#include "hidden.h"
#include "html.h"
#include "marks.h"
#include "similar.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const char *text_of(const json_t *t, const char *key)
{
    const char *s = json_string_value(json_object_get(t, key));

    return s ? s : "";
}

static int number_of(const json_t *t, const char *key)
{
    return (int)json_integer_value(json_object_get(t, key));
}

/* ---- a student's page ---- */

static void field(FILE *f, const char *label, const char *text)
{
    if (*text == '\0')
        return;
    html_element(f, "dt", "", label);
    html_element(f, "dd", "", text);
}

static void lines_of(FILE *f, const char *label, const json_t *lines)
{
    size_t i;
    json_t *l;

    if (json_array_size(lines) == 0)
        return;
    html_element(f, "dt", "", label);
    fputs("<dd><pre>", f);
    json_array_foreach(lines, i, l)
    {
        html_text(f, json_string_value(l));
        fputc('\n', f);
    }
    fputs("</pre></dd>\n", f);
}

static void put_test(FILE *f, const json_t *t)
{
    const char *status = text_of(t, "status");

    fputs("<h2>", f);
    html_text(f, text_of(t, "name"));
    fprintf(f, " <span class=\"%s\">", status);
    html_text(f, status);
    fprintf(f, "</span>, %d of %d points</h2>\n", number_of(t, "score"),
            number_of(t, "max_score"));
    html_element(f, "blockquote", "", text_of(t, "sentence"));
    fputs("<dl>\n", f);
    lines_of(f, "What was done", json_object_get(t, "steps"));
    lines_of(f, "In this order of steps", json_object_get(t, "timeline"));
    field(f, "Expected", text_of(t, "expected"));
    field(f, "Got", text_of(t, "got"));
    field(f, "Your program printed", text_of(t, "output"));
    field(f, "Hint", text_of(t, "hint"));
    field(f, "Again", text_of(t, "repeat"));
    fputs("</dl>\n", f);
}

static void put_passed(FILE *f, const json_t *tests)
{
    size_t i;
    json_t *t;

    fputs("<h2>What is right</h2>\n<ul>\n", f);
    json_array_foreach(tests, i, t)
    {
        if (strcmp(text_of(t, "status"), "passed") == 0)
            html_element(f, "li", "", text_of(t, "name"));
    }
    fputs("</ul>\n", f);
}

static void put_result(FILE *f, const json_t *lab)
{
    const json_t *tests = json_object_get(lab, "tests");
    const char *problem = text_of(lab, "problem");
    size_t i;
    json_t *t;

    if (*problem) {
        html_element(f, "h2", "failed", "No test could be run");
        html_element(f, "pre", "", problem);
        return;
    }
    json_array_foreach(tests, i, t)
    {
        if (strcmp(text_of(t, "status"), "passed") != 0)
            put_test(f, t);
    }
    put_passed(f, tests);
}

static void put_mark(FILE *f, const struct mark *m)
{
    char mark[32];

    marks_text(mark, m->hundredths);
    fprintf(f, "<p>Mark: <strong>%s</strong>. Score: %d of %d", mark, m->score,
            m->max_score);
    if (m->charged)
        fprintf(f, "; %d days late that count", m->charged);
    fputs(".</p>\n", f);
    html_element(f, "p", m->status, m->reason);
    if (*m->source)
        fputs("<p>Graded: <code>", f), html_text(f, m->source),
            fputs("</code></p>\n", f);
}

/* The result as the gradebook has it; NULL when nothing was graded. */
static json_t *result_of(struct gradebook *g, const struct mark *m)
{
    sqlite3_stmt *s = gradebook_ask(
        g, "SELECT result FROM grading WHERE seq = ?", "i", m->grading);
    json_t *lab = s && sqlite3_step(s) == SQLITE_ROW
                      ? json_loads(gradebook_text(s, 0), 0, NULL)
                      : NULL;

    sqlite3_finalize(s);
    return lab;
}

static bool write_page(struct gradebook *g, const struct mark *m,
                       const char *name, const char *folder, const char *hidden)
{
    char student[800], at[4096], title[700];
    struct folder_file w;

    html_file_name(student, m->student);
    if (!folder_path(at, "%s/pages/%s", folder, student) || !folder_make(at))
        return false;
    FILE *f = folder_write(&w, "%s/%s.html", at, m->lab);
    if (!f)
        return false;
    snprintf(title, sizeof title, "%s: %.400s", m->lab, name);
    html_begin(f, title);
    put_mark(f, m);
    json_t *lab = result_of(g, m);
    json_t *shown = lab ? hidden_reduce(lab, hidden) : NULL;
    if (shown)
        put_result(f, shown);
    json_decref(lab);
    json_decref(shown);
    html_end(f);
    return folder_finish(&w);
}

static bool write_pages(struct gradebook *g, const struct marks *m,
                        const char *folder, const char *hidden)
{
    bool fine = true;

    for (size_t i = 0; fine && i < m->count; i++) {
        sqlite3_stmt *s =
            gradebook_ask(g, "SELECT name FROM student WHERE id = ?", "s",
                          m->items[i].student);
        fine =
            s && sqlite3_step(s) == SQLITE_ROW &&
            write_page(g, &m->items[i], gradebook_text(s, 0), folder, hidden);
        sqlite3_finalize(s);
    }
    return fine;
}

/* ---- the overview ---- */

/* A question's rows as a table; columns from `numbers` on are numbers. */
static void put_table(FILE *f, struct gradebook *g, const char *lab,
                      const char *sql, int numbers)
{
    sqlite3_stmt *s = gradebook_ask(g, sql, "s", lab);
    int columns = s ? sqlite3_column_count(s) : 0;

    fputs("<table><tr>", f);
    for (int i = 0; i < columns; i++)
        html_element(f, "th", i >= numbers ? "n" : "",
                     sqlite3_column_name(s, i));
    fputs("</tr>\n", f);
    while (s && sqlite3_step(s) == SQLITE_ROW) {
        fputs("<tr>", f);
        for (int i = 0; i < columns; i++) {
            fprintf(f, "<td%s>", i >= numbers ? " class=\"n\"" : "");
            html_text(f, gradebook_text(s, i));
            fputs("</td>", f);
        }
        fputs("</tr>\n", f);
    }
    fputs("</table>\n", f);
    sqlite3_finalize(s);
}

#define CURRENT                                                             \
    "FROM student s JOIN current c ON c.student = s.id AND c.lab = ? JOIN " \
    "grading g ON g.seq = c.grading "

static void put_bars(FILE *f, struct gradebook *g, const char *lab)
{
    sqlite3_stmt *s = gradebook_ask(
        g,
        "SELECT v.test, v.suite, sum(v.status = 'failed'), count(*) " CURRENT
        "JOIN verdict v ON v.grading = g.seq GROUP BY v.test ORDER BY "
        "min(v.place)",
        "s", lab);

    fputs("<table><tr><th>test</th><th>suite</th><th class=\"n\">failed</th>"
          "<th>of the class</th></tr>\n",
          f);
    while (s && sqlite3_step(s) == SQLITE_ROW) {
        int failed = sqlite3_column_int(s, 2), all = sqlite3_column_int(s, 3);
        fputs("<tr>", f);
        html_element(f, "td", "", gradebook_text(s, 0));
        html_element(f, "td", "", gradebook_text(s, 1));
        fprintf(f,
                "<td class=\"n\">%d of %d</td><td><span class=\"bar\" "
                "style=\"width:%dpx\"></span><span class=\"rest\" "
                "style=\"width:%dpx\"></span></td></tr>\n",
                failed, all, 200 * failed / all, 200 - 200 * failed / all);
    }
    fputs("</table>\n", f);
    sqlite3_finalize(s);
}

static void put_similar(FILE *f, struct gradebook *g, const struct course *c,
                        const char *lab, const char *former)
{
    struct similar_pair *pairs;
    size_t n;
    const char *problem = similar_find(&pairs, &n, g, c, lab, former);

    html_element(f, "h3", "", "Pairs to look at");
    fputs("<p>Found by sim_c without the starter's text. Likeness is a reason "
          "to read both, never a reason for points.</p>\n",
          f);
    if (problem)
        html_element(f, "p", "failed", problem);
    fputs("<table><tr><th>one</th><th class=\"n\">% of it is in</th>"
          "<th>the other</th></tr>\n",
          f);
    for (size_t i = 0; i < n; i++) {
        fputs("<tr>", f);
        html_element(f, "td", "", pairs[i].one);
        fprintf(f, "<td class=\"n\">%d</td>", pairs[i].percent);
        html_element(f, "td", "", pairs[i].other);
        fputs("</tr>\n", f);
    }
    fputs("</table>\n", f);
    similar_free(pairs, n);
}

static void put_lab(FILE *f, struct gradebook *g, const struct course *c,
                    const char *lab, const char *former)
{
    html_element(f, "h2", "", lab);
    put_table(f, g, lab,
              "SELECT g.status AS status, count(*) AS students, min(g.score) "
              "AS least, round(avg(g.score), 1) AS mean, max(g.score) AS most, "
              "max(g.max_score) AS 'of' " CURRENT "GROUP BY g.status",
              1);
    html_element(f, "h3", "", "Tests");
    put_bars(f, g, lab);
    html_element(f, "h3", "", "Commonest failures");
    put_table(f, g, lab,
              "SELECT v.test AS test, group_concat(s.id, ' ') AS students, "
              "count(*) AS failed " CURRENT "JOIN verdict v ON v.grading = "
              "g.seq AND v.status = 'failed' GROUP BY v.test ORDER BY count(*) "
              "DESC, v.test LIMIT 8",
              2);
    html_element(f, "h3", "", "Slowest");
    put_table(
        f, g, lab,
        "SELECT s.id AS student, round(sum(v.seconds), 1) AS seconds " CURRENT
        "JOIN verdict v ON v.grading = g.seq GROUP BY s.id ORDER "
        "BY sum(v.seconds) DESC LIMIT 8",
        1);
    html_element(f, "h3", "", "Suspicious: refused by the gates");
    put_table(f, g, lab,
              "SELECT s.id AS student, g.reason AS reason " CURRENT
              "WHERE g.status IN ('graded', 'refused') AND g.reason != '' AND "
              "g.reason NOT LIKE '%does not compile%' ORDER BY s.place",
              9);
    put_similar(f, g, c, lab, former);
}

static bool write_overview(struct gradebook *g, const struct marks *m,
                           const struct course *c, const char *folder,
                           const char *former)
{
    struct folder_file w;
    char mark[32], file[800];
    FILE *f = folder_write(&w, "%s/overview.html", folder);

    if (!f)
        return false;
    html_begin(f, "The class");
    for (size_t i = 0; i < m->lab_count; i++)
        put_lab(f, g, c, m->labs[i], former);
    fputs("<h2>Pages</h2><table><tr><th>student</th><th>lab</th><th "
          "class=\"n\">mark</th><th>status</th></tr>\n",
          f);
    for (size_t i = 0; i < m->count; i++) {
        const struct mark *one = &m->items[i];
        html_file_name(file, one->student);
        marks_text(mark, one->hundredths);
        fprintf(f, "<tr><td><a href=\"pages/%s/%s.html\">", file, one->lab);
        html_text(f, one->student);
        fprintf(f,
                "</a></td><td>%s</td><td class=\"n\">%s</td><td>%s</td>"
                "</tr>\n",
                one->lab, mark, one->status);
    }
    fputs("</table>\n", f);
    html_end(f);
    return folder_finish(&w);
}

bool class_pages(struct gradebook *g, const struct marks *m,
                 const struct course *c, const char *folder, const char *hidden,
                 const char *former)
{
    if (write_pages(g, m, folder, hidden) &&
        write_overview(g, m, c, folder, former))
        return true;
    fprintf(stderr, "grade: the pages cannot be written: %s\n",
            strerror(errno));
    return false;
}

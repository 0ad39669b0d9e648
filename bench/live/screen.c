/* SPDX-License-Identifier: MIT
 *
 * screen.c - see screen.h
 */
#include "screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include "clock.h"
#include "fail.h"

#define SECOND 1000000000ull

enum { BAR = 32 };

static struct screen_head head;
static struct termios before;
static bool table, colours, raw;
static int painted; /* lines of the table that stand on the screen */
static char *story; /* what the explorer found: a lost update */

static bool is_set(const char *name)
{
    const char *value = getenv(name);

    return value && *value;
}

static char *read_story(const char *path)
{
    char *text = bench_alloc(1, 1 << 14);
    FILE *f = path ? fopen(path, "r") : NULL;

    if (f) {
        text[fread(text, 1, (1 << 14) - 1, f)] = '\0';
        fclose(f);
    }
    return text;
}

static void keys_one_by_one(void)
{
    struct termios now;

    if (!isatty(STDIN_FILENO) || tcgetattr(STDIN_FILENO, &before) != 0)
        return;
    now = before;
    now.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    raw = tcsetattr(STDIN_FILENO, TCSANOW, &now) == 0;
}

void screen_start(const struct screen_head *h)
{
    const char *term = getenv("TERM");

    head = *h;
    table = isatty(STDOUT_FILENO) && !is_set("PLAIN") && term &&
            strcmp(term, "dumb") != 0;
    colours = table && !is_set("NO_COLOR");
    story = read_story(h->timeline);
    keys_one_by_one();
    printf("  %d threads on %d processors add 1 to a counter, as fast as they "
           "can.\n",
           h->threads, h->cpus);
    if (h->page)
        printf("  page  %s\n", h->page);
    printf("  A key from 1 to %d picks a design; q ends.\n\n", ROWS);
}

/* ---- the table ---- */

static double fastest(const struct rows *r)
{
    double most = 1;

    for (size_t i = 0; i < ROWS; i++)
        if (r->row[i].per_second > most)
            most = r->row[i].per_second;
    return most;
}

static void paint_bar(double share)
{
    int n = (int)(share * BAR + 0.5);

    for (int i = 0; i < BAR; i++)
        putchar(i < n || (i == 0 && share > 0) ? '#' : ' ');
}

static void paint_lost(const struct row *row)
{
    if (row->wrong)
        printf("  counts wrong");
    else if (row->seen && row->design->sum_kind == BENCH_LOSSY)
        printf("  %4.1f %% lost", 100 * row->lost);
    else if (row->seen)
        printf("  none lost");
}

static void paint_row(const struct rows *r, size_t i, double most)
{
    const struct row *row = &r->row[i];
    bool picked = i == r->picked;

    if (colours)
        fputs(picked ? "\033[1;32m" : "\033[2m", stdout);
    printf("  %c %c %-17s ", picked ? '>' : ' ', row->key, row->design->name);
    paint_bar(row->per_second / most);
    if (row->seen)
        printf(" %7.1f", row->per_second / 1e6);
    else
        printf("        ");
    paint_lost(row);
    fputs(colours ? "\033[0m\033[K\n" : "\033[K\n", stdout);
    painted++;
}

/* The size of the terminal; the usual one when it does not tell. */
static void look_at_size(int *lines, int *columns)
{
    struct winsize w;

    *lines = 24;
    *columns = 80;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0 && w.ws_row && w.ws_col) {
        *lines = w.ws_row;
        *columns = w.ws_col;
    }
}

/* Beside the racy one: how an update gets lost, as far as there is room. A line
 * that is too wide would take two, and the table would wander. */
static void paint_story(const struct rows *r)
{
    bool racy = r->row[r->picked].design->sum_kind == BENCH_LOSSY;
    int lines, columns;

    look_at_size(&lines, &columns);
    for (const char *line = story; *line && painted < lines - 1; painted++) {
        int length = (int)(strchrnul(line, '\n') - line);
        if (racy)
            printf("%.*s", length < columns ? length : columns - 1, line);
        fputs("\033[K\n", stdout);
        line += length + (line[length] == '\n');
    }
}

static void paint_table(const struct rows *r)
{
    double most = fastest(r);

    if (painted)
        printf("\033[%dA", painted);
    painted = 0;
    printf("      %-17s %-*s %7s\033[K\n", "design", BAR,
           "million updates a second", "");
    painted++;
    for (size_t i = 0; i < ROWS; i++)
        paint_row(r, i, most);
    fputs("\033[K\n", stdout);
    painted++;
    paint_story(r);
}

/* ---- lines ---- */

static void print_line(const struct rows *r)
{
    static const struct row *last;
    static uint64_t told;
    const struct row *row = &r->row[r->picked];
    bool other = row != last;

    if (!other && bench_now_ns() - told < SECOND)
        return;
    last = row;
    told = bench_now_ns();
    printf("  %c %-17s %7.1f million updates a second", row->key,
           row->design->name, row->per_second / 1e6);
    paint_lost(row);
    putchar('\n');
    if (other && row->design->sum_kind == BENCH_LOSSY && *story)
        printf("\n%s\n", story);
}

void screen_show(const struct rows *r)
{
    if (table)
        paint_table(r);
    else
        print_line(r);
    fflush(stdout);
}

void screen_end(void)
{
    if (raw)
        tcsetattr(STDIN_FILENO, TCSANOW, &before);
    free(story);
}

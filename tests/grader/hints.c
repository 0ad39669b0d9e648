/* SPDX-License-Identifier: MIT
 *
 * hints.c - how many steps of help a student has asked for
 */
#include "hints.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* "NAME N", and nothing else. */
static int number_on(const char *line, const char *test)
{
    size_t n = strlen(test);

    if (strncmp(line, test, n) != 0 || line[n] != ' ')
        return 0;
    int digit = line[n + 1] - '0';
    bool ends = digit > 0 && (line[n + 2] == '\n' || line[n + 2] == '\0');
    return ends && digit <= HINTS_STEPS ? digit : 0;
}

static const char *next_line(const char *p)
{
    p += strcspn(p, "\n");
    return p + (*p == '\n');
}

int hints_of(const char *text, const char *test)
{
    int most = 0;

    for (const char *p = text; *p; p = next_line(p))
        if (number_on(p, test) > most)
            most = number_on(p, test);
    return most;
}

void hints_note(json_t *lab, const char *text)
{
    int sum = 0;
    size_t i;
    json_t *t;

    json_array_foreach(json_object_get(lab, "tests"), i, t)
    {
        int n = hints_of(text, json_string_value(json_object_get(t, "name")));
        if (n > 0)
            json_object_set_new(t, "hints", json_integer(n));
        sum += n;
    }
    json_object_set_new(lab, "hints", json_integer(sum));
}

void hints_read(const char *path, char text[HINTS_BYTES])
{
    FILE *f = fopen(path, "r");
    size_t n = f ? fread(text, 1, HINTS_BYTES - 1, f) : 0;

    text[n] = '\0';
    if (f)
        fclose(f);
}

static void write_lines(FILE *f, const char *text, const char *test, int n)
{
    size_t length = strlen(test);

    if (!*text)
        fputs("# Steps of help that were asked for (make hint). Hand this in "
              "with your files.\n",
              f);
    for (const char *p = text; *p; p = next_line(p))
        if (strncmp(p, test, length) != 0 || p[length] != ' ')
            fprintf(f, "%.*s\n", (int)strcspn(p, "\n"), p);
    fprintf(f, "%s %d\n", test, n);
}

bool hints_write(const char *path, const char *text, const char *test, int n)
{
    char temporary[4200];

    snprintf(temporary, sizeof temporary, "%s.%d", path, (int)getpid());
    FILE *f = fopen(temporary, "w");
    if (f)
        write_lines(f, text, test, n);
    bool failed = !f || ferror(f);
    if (f && fclose(f) != 0)
        failed = true;
    if (!failed && rename(temporary, path) == 0)
        return true;
    fprintf(stderr, "grade: %s cannot be written: %s\n", path, strerror(errno));
    unlink(temporary);
    return false;
}

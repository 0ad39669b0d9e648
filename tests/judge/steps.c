/* SPDX-License-Identifier: MIT
 *
 * steps.c - what a test has done so far
 */
#include "steps.h"

#include "support/text.h"
#include "wire/contract.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE = 200, FIRST = 8, LAST = 12, HANDLES = 256 };

struct step {
    char line[LINE];
    unsigned long times;
};

static struct step steps[FIRST + LAST];
static unsigned long count; /* steps that differ from the one before */
static char line[LINE];
static bool first_argument, in_result, resumed;
static bool pending; /* a call has begun and not returned */

static void add(const char *text)
{
    size_t n = strlen(line);

    snprintf(line + n, sizeof line - n, "%s", text);
}

static void separate(void)
{
    if (!in_result && !first_argument)
        add(", ");
    first_argument = false;
}

static void add_value(const char *text)
{
    separate();
    add(text);
}

void step_begin(const char *function)
{
    pending = true;
    snprintf(line, sizeof line, "%s(", function);
    first_argument = true;
    in_result = resumed = false;
}

void step_result(void)
{
    add(resumed ? " returned " : ") = ");
    in_result = true;
}

static struct step *slot(unsigned long i)
{
    return &steps[i < FIRST ? i : FIRST + (i - FIRST) % LAST];
}

void step_end(void)
{
    pending = false;
    if (!in_result)
        add(resumed ? " returned" : ")");
    if (count && strcmp(slot(count - 1)->line, line) == 0) {
        slot(count - 1)->times++;
        return;
    }
    struct step *s = slot(count++);
    snprintf(s->line, sizeof s->line, "%s", line);
    s->times = 1;
}

void step_interrupt(void)
{
    add(") calls back");
    in_result = true;
    step_end();
}

void step_resume(const char *function)
{
    snprintf(line, sizeof line, "%s", function);
    in_result = false;
    resumed = pending = true;
}

/* ---- values ---- */

void step_double(double v)
{
    char text[40];

    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, v);
        if (strtod(text, NULL) == v || isnan(v))
            break;
    }
    add_value(text);
}

void step_long(long v)
{
    char text[40];

    snprintf(text, sizeof text, "%ld", v);
    add_value(text);
}

void step_unsigned(unsigned long v)
{
    char text[40];

    snprintf(text, sizeof text, "%lu", v);
    add_value(text);
}

void step_text(const char *s)
{
    add_value(s);
}

void step_string(const char *s)
{
    char text[64];

    if (s)
        snprintf(text, sizeof text, "\"%.48s%s\"", s,
                 strlen(s) > 48 ? "..." : "");
    add_value(s ? text : "NULL");
}

const char *step_code_name(long v)
{
    switch (v) {
    case 0: return "0";
    case MET_EINVAL: return "MET_EINVAL";
    case MET_ENOMEM: return "MET_ENOMEM";
    default: return NULL;
    }
}

void step_code(long v)
{
    const char *name = step_code_name(v);

    if (name)
        add_value(name);
    else
        step_long(v);
}

/* "const struct met_counter *" with the third such handle: "counter3". */
void step_handle(const void *handle, const char *type)
{
    static struct {
        const void *handle;
        int number;
        char type[32];
    } known[HANDLES];
    static int n;
    char text[64], *p = strstr(type, "met_");
    int number = 1;

    p = p ? p + 4 : (char *)type;
    int length = (int)strcspn(p, " *");
    for (int i = 0; handle && i < n; i++) {
        bool same = strncmp(known[i].type, p, length) == 0;
        if (same && known[i].handle == handle) {
            snprintf(text, sizeof text, "%.*s%d", length, p, known[i].number);
            add_value(text);
            return;
        }
        number += same;
    }
    if (handle && n < HANDLES) {
        known[n].handle = handle;
        known[n].number = number;
        snprintf(known[n++].type, sizeof known[0].type, "%.*s", length, p);
    }
    snprintf(text, sizeof text, "%.*s%d", length, p, number);
    add_value(handle ? text : "NULL");
}

/* ---- out ---- */

/* A submission's string must not speak to a terminal. */
static void append(json_t *array, struct step *s)
{
    text_clean(s->line);
    json_t *text = s->times == 1
                       ? json_sprintf("%s", s->line)
                       : json_sprintf("%s   %lu times", s->line, s->times);

    json_array_append_new(array, text);
}

json_t *steps_json(void)
{
    json_t *array = json_array();

    if (pending) {
        add(in_result || resumed ? " ..." : ") does not return");
        in_result = true;
        step_end();
    }
    for (unsigned long i = 0; i < count && i < FIRST; i++)
        append(array, slot(i));
    if (count > FIRST + LAST)
        json_array_append_new(
            array, json_sprintf("... %lu more ...", count - FIRST - LAST));
    unsigned long i = count > FIRST + LAST ? count - LAST : FIRST;
    for (; i < count; i++)
        append(array, slot(i));
    return array;
}

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

enum { LINE = 300, FIRST = 8, LAST = 12, HANDLES = 256, ELEMENTS = 12 };

struct step {
    char line[LINE];
    unsigned long times;
};

static struct step steps[FIRST + LAST];
static unsigned long count; /* steps that differ from the one before */
static char line[LINE];
static bool first, in_result, resumed; /* first: of arguments, of results */
static bool pending;                   /* a call has begun and not returned */

static void add(const char *text)
{
    size_t n = strlen(line);

    snprintf(line + n, sizeof line - n, "%s", text);
}

static void separate(void)
{
    if (!first)
        add(", ");
    first = false;
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
    first = true;
    in_result = resumed = false;
}

void step_result(void)
{
    add(resumed ? " returned " : ") = ");
    first = in_result = true;
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

void step_event(const char *text)
{
    snprintf(line, sizeof line, "%s", text);
    in_result = true;
    step_end();
}

void step_interrupt(void)
{
    add(resumed ? " calls back again" : ") calls back");
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

static void double_text(char *text, size_t size, double v)
{
    if (v == 0 && signbit(v)) { /* printf would say -0, a whole number */
        snprintf(text, size, "-0.0");
        return;
    }
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, size, "%.*g", digits, v);
        if (strtod(text, NULL) == v || isnan(v))
            return;
    }
}

void step_double(double v)
{
    char text[40];

    double_text(text, sizeof text, v);
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

/* As C writes it, so that each byte of it can be told: "caf\xc3\xa9". */
static size_t quote(char *out, const char *s)
{
    enum { SHOWN = 52 };
    size_t n = 1;

    out[0] = '"';
    for (; *s && n < SHOWN; s++) {
        unsigned char c = (unsigned char)*s;
        if (c == '\n')
            n += (size_t)sprintf(out + n, "\\n");
        else if (c == '"' || c == '\\')
            n += (size_t)sprintf(out + n, "\\%c", c);
        else if (c < ' ' || c > '~')
            n += (size_t)sprintf(out + n, "\\x%02x", c);
        else
            out[n++] = (char)c;
    }
    return n + (size_t)sprintf(out + n, "%s\"", *s ? "..." : "");
}

void step_string(const char *s)
{
    char text[64];

    if (s)
        quote(text, s);
    add_value(s ? text : "NULL");
}

void step_strings(const char *const *list, size_t n)
{
    char text[LINE] = "{";
    size_t used = 1;

    for (size_t i = 0; list && i < n && used < sizeof text - 70; i++) {
        used += (size_t)sprintf(text + used, "%s", i ? ", " : "");
        used += quote(text + used, list[i]);
    }
    strcat(text, "}");
    add_value(list ? text : "NULL");
}

const char *step_double_at(const void *list, size_t i)
{
    static char text[40];

    double_text(text, sizeof text, ((const double *)list)[i]);
    return text;
}

const char *step_count_at(const void *list, size_t i)
{
    static char text[40];

    snprintf(text, sizeof text, "%lu", ((const unsigned long *)list)[i]);
    return text;
}

/* Of a long array the beginning. */
static void add_elements(step_element_fn *element, const void *list, size_t n)
{
    add("{");
    for (size_t i = 0; i < n && i < ELEMENTS; i++) {
        add(i ? ", " : "");
        add(element(list, i));
    }
    add(n > ELEMENTS ? ", ...}" : "}");
}

void step_array(const char *name, step_element_fn *element, const void *list,
                size_t n)
{
    separate();
    if (list && element)
        add_elements(element, list, n);
    else
        add(list ? name : "NULL");
}

void step_stored(const char *name, step_element_fn *element, const void *list,
                 size_t n)
{
    if (!list || !element || n == 0)
        return;
    if (!in_result)
        add(")");
    in_result = true;
    add(n == 1 ? ", *" : ", ");
    add(name);
    add(" = ");
    if (n == 1)
        add(element(list, 0));
    else
        add_elements(element, list, n);
}

const char *step_code_name(long v)
{
    static const char *const names[] = {
        [0] = "0",
        [-MET_EINVAL] = "MET_EINVAL",
        [-MET_ENOMEM] = "MET_ENOMEM",
        [-MET_EEXIST] = "MET_EEXIST",
        [-MET_ECOLLIDE] = "MET_ECOLLIDE",
        [-MET_ENAME] = "MET_ENAME",
        [-MET_ELABEL] = "MET_ELABEL",
        [-MET_ERESERVED] = "MET_ERESERVED",
        [-MET_EBUCKET] = "MET_EBUCKET",
        [-MET_EDUPLICATE] = "MET_EDUPLICATE",
        [-MET_EUTF8] = "MET_EUTF8",
        [-MET_ECOUNT] = "MET_ECOUNT",
        [-MET_ELIMIT] = "MET_ELIMIT",
        [-MET_ENOENT] = "MET_ENOENT",
        [-MET_ENOSPC] = "MET_ENOSPC",
        [-MET_EWRITE] = "MET_EWRITE",
        [-MET_EADDRINUSE] = "MET_EADDRINUSE",
        [-MET_EADDRESS] = "MET_EADDRESS",
        [-MET_ESYSTEM] = "MET_ESYSTEM",
    };

    return v <= 0 && v >= MET_ELAST ? names[-v] : NULL;
}

void step_code(long v)
{
    const char *name = step_code_name(v);

    if (name)
        add_value(name);
    else
        step_long(v);
}

void step_enum(const char *type, long v)
{
    static const char *const types[] = {"MET_COUNTER", "MET_GAUGE",
                                        "MET_HISTOGRAM"};
    static const char *const formats[] = {"MET_TEXT", "MET_OPENMETRICS"};

    if (strcmp(type, "enum met_type") == 0 && v >= 0 && v < 3)
        add_value(types[v]);
    else if (strcmp(type, "enum met_format") == 0 && v >= 0 && v < 2)
        add_value(formats[v]);
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

void step_owned(const void *p, const char *name, const char *type)
{
    if (strncmp(type, "struct met_", 11) == 0)
        step_handle(p, type);
    else
        step_text(p ? name : "NULL");
}

void step_made(const char *name, const void *handle, const char *type)
{
    add(", *");
    add(name);
    add(" = ");
    first = true; /* no comma before it */
    step_handle(handle, type);
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

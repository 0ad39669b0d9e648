/* SPDX-License-Identifier: MIT
 *
 * yaml.c - a YAML document as values of jansson
 */
#include "yaml.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <yaml.h>

enum { DEEPEST = 20 };

struct reader {
    yaml_parser_t parser;
    yaml_event_t event; /* the present one */
    char *problem;
};

static void *refuse(struct reader *r, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void *refuse(struct reader *r, const char *format, ...)
{
    va_list list;

    va_start(list, format);
    if (!*r->problem) /* the first is the reason of all others */
        vsnprintf(r->problem, 200, format, list);
    va_end(list);
    return NULL;
}

static bool next(struct reader *r)
{
    yaml_event_delete(&r->event);
    if (yaml_parser_parse(&r->parser, &r->event))
        return true;
    memset(&r->event, 0, sizeof r->event);
    refuse(r, "line %zu: %s", r->parser.problem_mark.line + 1,
           r->parser.problem ? r->parser.problem : "it is no YAML");
    return false;
}

static json_t *read_value(struct reader *r, int depth);

static json_t *read_list(struct reader *r, int depth)
{
    json_t *list = json_array(), *item;

    while (next(r)) {
        if (r->event.type == YAML_SEQUENCE_END_EVENT)
            return list;
        if (!(item = read_value(r, depth + 1)))
            break;
        json_array_append_new(list, item);
    }
    json_decref(list);
    return NULL;
}

/* A key and its value. */
static bool read_pair(struct reader *r, json_t *map, int depth)
{
    char key[200];
    size_t line = r->event.start_mark.line + 1;

    if (r->event.type != YAML_SCALAR_EVENT)
        return refuse(r, "line %zu: a key is a word", line);
    snprintf(key, sizeof key, "%s", (char *)r->event.data.scalar.value);
    if (json_object_get(map, key))
        return refuse(r, "line %zu: %s is there twice", line, key);
    json_t *value = next(r) ? read_value(r, depth + 1) : NULL;
    return value && (json_object_set_new(map, key, value) == 0 ||
                     refuse(r, "line %zu: a key is no UTF-8", line));
}

static json_t *read_map(struct reader *r, int depth)
{
    json_t *map = json_object();

    while (next(r)) {
        if (r->event.type == YAML_MAPPING_END_EVENT)
            return map;
        if (!read_pair(r, map, depth))
            break;
    }
    json_decref(map);
    return NULL;
}

/* The value that the present event begins. */
static json_t *read_value(struct reader *r, int depth)
{
    const yaml_event_t *e = &r->event;
    size_t line = e->start_mark.line + 1;

    if (depth > DEEPEST)
        return refuse(r, "line %zu: it nests too deeply", line);
    switch (e->type) {
    case YAML_SCALAR_EVENT:
        if (e->data.scalar.anchor)
            break;
        json_t *s = json_string((char *)e->data.scalar.value);
        return s ? s : refuse(r, "line %zu: no UTF-8", line);
    case YAML_SEQUENCE_START_EVENT:
        if (e->data.sequence_start.anchor)
            break;
        return read_list(r, depth);
    case YAML_MAPPING_START_EVENT:
        if (e->data.mapping_start.anchor)
            break;
        return read_map(r, depth);
    default: break;
    }
    return refuse(r, "line %zu: no anchors, aliases and empty documents here",
                  line);
}

static json_t *read_document(struct reader *r)
{
    json_t *value = NULL;

    if (next(r) && next(r) && r->event.type == YAML_DOCUMENT_START_EVENT &&
        next(r))
        value = read_value(r, 0);
    if (!value)
        return refuse(r, "it is empty");
    if (next(r) && next(r) && r->event.type == YAML_STREAM_END_EVENT)
        return value;
    json_decref(value);
    return refuse(r, "it is more than one document");
}

json_t *yaml_read(const char *text, char problem[200])
{
    struct reader r = {.problem = problem};

    *problem = '\0';
    if (!yaml_parser_initialize(&r.parser))
        return refuse(&r, "out of memory");
    yaml_parser_set_input_string(&r.parser, (const unsigned char *)text,
                                 strlen(text));
    json_t *value = read_document(&r);
    yaml_event_delete(&r.event);
    yaml_parser_delete(&r.parser);
    return value;
}

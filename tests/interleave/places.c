/* SPDX-License-Identifier: MIT
 *
 * places.c - what to call an address in a timeline
 *
 * In this order: the name that the scenario gave (il_name), the variable of
 * the program, or the member that the source line speaks of. A member is taken
 * from the line when it names just one: `c->value = c->value + v` is about
 * value. When nothing helps it is "block 2 + 8".
 */
#include "state.h"
#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { PLACES = 64, WIDE = 44 };

static struct place {
    uintptr_t addr;
    char name[WIDE];
} places[PLACES];
static int nplaces;
static uint32_t made_for;

static bool source_line(uintptr_t pc, char *out, size_t size)
{
    const char *path;
    int line;
    bool found = false;
    if (!pc || !il_source(pc, &path, &line))
        return false;
    FILE *f = fopen(path, "r");
    if (!f)
        return false;
    for (int i = 0; i < line; i++)
        found = fgets(out, (int)size, f) != NULL;
    fclose(f);
    return found;
}

static size_t word(const char *s)
{
    size_t n = 0;
    while (isalnum((unsigned char)s[n]) || s[n] == '_')
        n++;
    return n;
}

/* The member after `->`, when the line names only one. */
static bool member(const char *line, char *out, size_t size)
{
    const char *found = NULL;
    size_t length = 0;
    for (const char *p = line; *p; p++) {
        bool arrow = p[0] == '-' && p[1] == '>';
        if (!arrow)
            continue;
        size_t n = word(p + 2);
        if (n == 0 || (found && (n != length || strncmp(found, p + 2, n))))
            return false;
        found = p + 2;
        length = n;
    }
    if (!found)
        return false;
    snprintf(out, size, "%.*s", (int)length, found);
    return true;
}

static bool from_source(uintptr_t addr, char *out, size_t size)
{
    char line[512];
    for (int i = 0; i < il_w.nevents; i++) {
        const struct event *e = &il_w.events[i];
        if (e->addr == addr && source_line(e->pc, line, sizeof line) &&
            member(line, out, size))
            return true;
    }
    return false;
}

static bool taken(const char *name)
{
    for (int i = 0; i < nplaces; i++)
        if (!strcmp(places[i].name, name))
            return true;
    return false;
}

static void with_offset(char *out, size_t size, const char *name, size_t offset)
{
    if (offset)
        snprintf(out, size, "%.18s+%zu", name, offset);
    else
        snprintf(out, size, "%.26s", name);
}

static void name_it(struct place *p)
{
    size_t offset = 0;
    const char *name = il_named(p->addr, &offset);
    if (!name)
        name = il_symbol(p->addr, &offset);
    if (name && offset == 0) {
        with_offset(p->name, sizeof p->name, name, 0);
        return;
    }
    if (from_source(p->addr, p->name, sizeof p->name) && !taken(p->name))
        return;
    int block = name ? -1 : il_heap_block(p->addr, &offset);
    if (name)
        with_offset(p->name, sizeof p->name, name, offset);
    else if (block >= 0 && offset)
        snprintf(p->name, sizeof p->name, "block %d + %zu", block + 1, offset);
    else if (block >= 0)
        snprintf(p->name, sizeof p->name, "block %d", block + 1);
    else
        snprintf(p->name, sizeof p->name, "a local variable");
}

const char *il_place(uintptr_t addr)
{
    if (made_for != il_w.stamp) {
        made_for = il_w.stamp;
        nplaces = 0;
    }
    for (int i = 0; i < nplaces; i++)
        if (places[i].addr == addr)
            return places[i].name;
    if (nplaces == PLACES)
        nplaces--;
    struct place p = {.addr = addr};
    name_it(&p);
    places[nplaces] = p;
    return places[nplaces++].name;
}

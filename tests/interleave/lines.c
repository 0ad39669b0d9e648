/* SPDX-License-Identifier: MIT
 *
 * lines.c - from an address in the program to a line of its source
 *
 * Reads .debug_line, versions 4 and 5 (DWARF 5, section 6.2): for each file
 * that was compiled, a small program whose run gives a table of addresses and
 * lines.
 */
#include "elf.h"
#include "state.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_FILES = 256 };

struct row {
    uintptr_t addr;
    const char *dir, *file;
    int line;
    bool end;
    size_t number; /* keeps rows of one address as they stood */
};

static struct row *rows;
static size_t nrows, capacity;

/* ---- reading bytes ---- */

static uint64_t fixed(const unsigned char **p, int n)
{
    uint64_t v = 0;
    for (int i = 0; i < n; i++)
        v |= (uint64_t) * (*p)++ << (8 * i);
    return v;
}

static uint64_t leb(const unsigned char **p)
{
    uint64_t v = 0;
    int shift = 0;
    unsigned char byte;
    do {
        byte = *(*p)++;
        v |= (uint64_t)(byte & 0x7f) << shift;
        shift += 7;
    } while (byte & 0x80);
    return v;
}

static int64_t sleb(const unsigned char **p)
{
    int64_t v = 0;
    int shift = 0;
    unsigned char byte;
    do {
        byte = *(*p)++;
        v |= (int64_t)(byte & 0x7f) << shift;
        shift += 7;
    } while (byte & 0x80);
    if (shift < 64 && (byte & 0x40))
        v |= -((int64_t)1 << shift);
    return v;
}

static const char *text(const unsigned char **p)
{
    const char *s = (const char *)*p;
    *p += strlen(s) + 1;
    return s;
}

/* ---- the header of one table ---- */

struct table {
    const unsigned char *p, *program, *end;
    int version, min_length, line_base, line_range, opcode_base;
    const unsigned char *lengths;
    const char *dirs[MAX_FILES];
    struct {
        const char *name;
        unsigned dir;
    } files[MAX_FILES];
};

static const char *in_section(const char *section, uint64_t offset)
{
    struct il_bytes b = il_section(section);
    if (!b.start || offset >= (uint64_t)(b.end - b.start))
        return "";
    return (const char *)b.start + offset;
}

/* One field of a version 5 entry: a name or a number. */
static void field(const unsigned char **p, unsigned form, const char **name,
                  uint64_t *n)
{
    switch (form) {
    case 0x08: *name = text(p); break;
    case 0x0e: *name = in_section(".debug_str", fixed(p, 4)); break;
    case 0x1f: *name = in_section(".debug_line_str", fixed(p, 4)); break;
    case 0x0b: *n = fixed(p, 1); break;
    case 0x05: *n = fixed(p, 2); break;
    case 0x06: *n = fixed(p, 4); break;
    case 0x0f: *n = leb(p); break;
    case 0x1e: *p += 16; break;
    case 0x09: {
        uint64_t length = leb(p);
        *p += length;
        break;
    }
    default: break;
    }
}

static void entries_5(struct table *t, bool files)
{
    unsigned format[8][2];
    unsigned n = (unsigned)fixed(&t->p, 1);
    for (unsigned i = 0; i < n && i < 8; i++) {
        format[i][0] = (unsigned)leb(&t->p);
        format[i][1] = (unsigned)leb(&t->p);
    }
    uint64_t count = leb(&t->p);
    for (uint64_t k = 0; k < count; k++) {
        const char *name = "";
        uint64_t dir = 0;
        for (unsigned i = 0; i < n && i < 8; i++) {
            const char *s = NULL;
            uint64_t v = 0;
            field(&t->p, format[i][1], &s, &v);
            if (format[i][0] == 1 && s)
                name = s;
            if (format[i][0] == 2)
                dir = v;
        }
        if (k >= MAX_FILES)
            continue;
        if (files) {
            t->files[k].name = name;
            t->files[k].dir = (unsigned)dir;
        } else {
            t->dirs[k] = name;
        }
    }
}

/* Version 4 counts from 1; 0 is the directory of the compilation, which is
 * not told here. */
static void entries_4(struct table *t)
{
    for (unsigned i = 1; *t->p; i++) {
        const char *name = text(&t->p);
        if (i < MAX_FILES)
            t->dirs[i] = name;
    }
    t->p++;
    for (unsigned i = 1; *t->p; i++) {
        const char *name = text(&t->p);
        unsigned dir = (unsigned)leb(&t->p);
        leb(&t->p);
        leb(&t->p);
        if (i < MAX_FILES) {
            t->files[i].name = name;
            t->files[i].dir = dir;
        }
    }
}

static bool header(struct table *t, const unsigned char *p)
{
    memset(t, 0, sizeof *t);
    uint64_t length = fixed(&p, 4);
    t->end = p + length;
    t->version = (int)fixed(&p, 2);
    if (t->version < 4 || t->version > 5)
        return false;
    if (t->version == 5)
        p += 2;
    uint64_t header_length = fixed(&p, 4);
    t->program = p + header_length;
    t->min_length = (int)fixed(&p, 1);
    p += 2; /* operations an instruction, default_is_stmt */
    t->line_base = (signed char)fixed(&p, 1);
    t->line_range = (int)fixed(&p, 1);
    t->opcode_base = (int)fixed(&p, 1);
    t->lengths = p;
    t->p = p + t->opcode_base - 1;
    if (t->version == 5) {
        entries_5(t, false);
        entries_5(t, true);
    } else {
        entries_4(t);
    }
    return t->line_range > 0;
}

/* ---- running its program ---- */

struct machine {
    uintptr_t addr;
    uint64_t file;
    int line;
};

static void emit(const struct table *t, const struct machine *m, bool end)
{
    if (nrows == capacity) {
        capacity = capacity ? 2 * capacity : 4096;
        rows = realloc(rows, capacity * sizeof *rows);
        if (!rows)
            abort();
    }
    struct row r = {
        .addr = m->addr, .line = m->line, .end = end, .number = nrows};
    if (m->file < MAX_FILES && t->files[m->file].name) {
        unsigned dir = t->files[m->file].dir;
        r.file = t->files[m->file].name;
        r.dir = dir < MAX_FILES ? t->dirs[dir] : NULL;
    }
    rows[nrows++] = r;
}

static void extended(const struct table *t, struct machine *m,
                     const unsigned char **p)
{
    uint64_t length = leb(p);
    const unsigned char *next = *p + length;
    switch (*(*p)++) {
    case 1: /* end of sequence */
        emit(t, m, true);
        *m = (struct machine){0, 1, 1};
        break;
    case 2: m->addr = (uintptr_t)fixed(p, 8); break;
    default: break;
    }
    *p = next;
}

static void standard(const struct table *t, struct machine *m, int op,
                     const unsigned char **p)
{
    switch (op) {
    case 1: emit(t, m, false); break;
    case 2: m->addr += leb(p) * (unsigned)t->min_length; break;
    case 3: m->line += (int)sleb(p); break;
    case 4: m->file = leb(p); break;
    case 8:
        m->addr += (uintptr_t)((255 - t->opcode_base) / t->line_range) *
                   (unsigned)t->min_length;
        break;
    case 9: m->addr += fixed(p, 2); break;
    default:
        for (int i = 0; i < t->lengths[op - 1]; i++)
            leb(p);
    }
}

static void run(const struct table *t)
{
    struct machine m = {0, 1, 1};
    for (const unsigned char *p = t->program; p < t->end;) {
        int op = *p++;
        if (op >= t->opcode_base) {
            int adjusted = op - t->opcode_base;
            m.addr +=
                (uintptr_t)(adjusted / t->line_range) * (unsigned)t->min_length;
            m.line += t->line_base + adjusted % t->line_range;
            emit(t, &m, false);
        } else if (op == 0) {
            extended(t, &m, &p);
        } else {
            standard(t, &m, op, &p);
        }
    }
}

static int by_address(const void *a, const void *b)
{
    const struct row *x = a, *y = b;
    if (x->addr != y->addr)
        return x->addr < y->addr ? -1 : 1;
    /* an end gives way to what begins there; else as they stood */
    if (x->end != y->end)
        return x->end ? -1 : 1;
    return x->number < y->number ? -1 : 1;
}

static void load(void)
{
    struct il_bytes s = il_section(".debug_line");
    struct table t;
    for (const unsigned char *p = s.start; p && p + 4 < s.end; p = t.end) {
        bool ok = header(&t, p);
        if (ok)
            run(&t);
    }
    qsort(rows, nrows, sizeof *rows, by_address);
}

/* ---- the question ---- */

bool il_source(uintptr_t pc, const char **path, int *line)
{
    static char name[512];
    if (!rows)
        load();
    size_t low = 0, high = nrows;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (rows[middle].addr <= pc)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0 || rows[low - 1].end || !rows[low - 1].file)
        return false;
    const struct row *r = &rows[low - 1];
    if (r->file[0] == '/' || !r->dir)
        snprintf(name, sizeof name, "%s", r->file);
    else
        snprintf(name, sizeof name, "%s/%s", r->dir, r->file);
    *path = name;
    *line = r->line;
    return r->line > 0;
}

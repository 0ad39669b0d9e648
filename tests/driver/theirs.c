/* SPDX-License-Identifier: MIT
 *
 * theirs.c - load the submission, and forward what scenarios call
 */
#include "theirs.h"

#include "note.h"

#include <dlfcn.h>
#include <link.h>
#include <stddef.h>
#include <string.h>

struct theirs theirs;

/* POSIX lets a function's address travel in a void pointer; ISO C does not,
 * so it is stored through one. */
static void find(void *so, const char *name, void *function)
{
    *(void **)function = dlsym(so, name);
}

static void *so;

const char *theirs_load(const char *path)
{
    so = dlopen(path, RTLD_NOW | RTLD_LOCAL);

    if (!so)
        return dlerror();
#define FN(result, name, ...) find(so, #name, &theirs.name);
#define TEXT(name, ...) FN(, name, )
#define PROC(name, ...) FN(, name, )
#include WIRE_TABLE
    return NULL;
}

void *theirs_function(const char *name)
{
    return dlsym(so, name);
}

struct range {
    const char *name;
    char *from, *to;
    size_t locals; /* bytes */
};

static int look_at(struct dl_phdr_info *info, size_t size, void *p)
{
    struct range *r = p;

    (void)size;
    if (strcmp(info->dlpi_name, r->name) != 0)
        return 0;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *h = &info->dlpi_phdr[i];
        if (h->p_type == PT_TLS)
            r->locals = h->p_memsz;
        if (h->p_type != PT_LOAD || !(h->p_flags & PF_W))
            continue;
        r->from = (char *)(info->dlpi_addr + h->p_vaddr);
        r->to = r->from + h->p_memsz;
    }
    return 1;
}

static struct range ranges(void)
{
    struct range r = {.name = ""};
    struct link_map *map;

    if (so && dlinfo(so, RTLD_DI_LINKMAP, &map) == 0) {
        r.name = map->l_name;
        dl_iterate_phdr(look_at, &r);
    }
    return r;
}

int theirs_statics(char **from, char **to)
{
    struct range r = ranges();

    *from = r.from;
    *to = r.to;
    return r.from != NULL;
}

int theirs_locals(char **from, char **to)
{
    void *p = NULL;

    if (!so || dlinfo(so, RTLD_DI_TLS_DATA, &p) != 0 || !p)
        return 0;
    *from = p;
    *to = *from + ranges().locals;
    return 1;
}

/* Hidden: clang's sanitizers export what a program defines, and then the
 * submission's calls of its own functions would come here. */
#define FORWARD(result, give, name, ...)               \
    __attribute__((visibility("hidden"))) result name( \
        LIST(MAP_PARAMETER, __VA_ARGS__))              \
    {                                                  \
        if (!theirs.name)                              \
            note_missing(#name);                       \
        give theirs.name(LIST(MAP_NAME, __VA_ARGS__)); \
    }
#define FN(result, name, ...) FORWARD(result, return, name, __VA_ARGS__)
#define TEXT(name, ...) FORWARD(const char *, return, name, __VA_ARGS__)
#define PROC(name, ...) FORWARD(void, , name, __VA_ARGS__)
#include WIRE_TABLE

/* SPDX-License-Identifier: MIT
 *
 * theirs.c - load the submission, and forward what scenarios call
 */
#include "theirs.h"

#include "note.h"

#include <dlfcn.h>
#include <stddef.h>

struct theirs theirs;

/* POSIX lets a function's address travel in a void pointer; ISO C does not,
 * so it is stored through one. */
static void find(void *so, const char *name, void *function)
{
    *(void **)function = dlsym(so, name);
}

const char *theirs_load(const char *path)
{
    void *so = dlopen(path, RTLD_NOW | RTLD_LOCAL);

    if (!so)
        return dlerror();
#define FN(result, name, ...) find(so, #name, &theirs.name);
#define TEXT(name, ...) FN(, name, )
#define PROC(name, ...) FN(, name, )
#include WIRE_TABLE
    return NULL;
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

/* SPDX-License-Identifier: MIT
 *
 * guard.c - memory that ends at a page which nobody may touch
 */
#include "guard.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { REMEMBERED = 512 };

/* Copies, the last ones. The wire's thread alone writes. */
static struct {
    const char *map;
    size_t mapped;
    enum guard_state state;
} memory[REMEMBERED];
static size_t copies;

static void remember(const struct guard *g)
{
    memory[copies % REMEMBERED].map = g->map;
    memory[copies % REMEMBERED].mapped = g->mapped;
    memory[copies++ % REMEMBERED].state = GUARD_LIVE;
}

static void forget(const struct guard *g)
{
    for (size_t i = 0; i < REMEMBERED; i++)
        if (memory[i].map == g->map && memory[i].state == GUARD_LIVE)
            memory[i].state = GUARD_GONE;
}

enum guard_state guard_knows(const void *address)
{
    const char *at = address;
    enum guard_state state = GUARD_UNKNOWN;

    for (size_t i = 0; i < REMEMBERED && state != GUARD_LIVE; i++)
        if (memory[i].map && at >= memory[i].map &&
            at < memory[i].map + memory[i].mapped)
            state = memory[i].state;
    return state;
}

struct guard guard_copy(const void *bytes, size_t size)
{
    struct guard g = {.size = size};
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    size_t body = (size + page - 1) / page * page;

    if (!bytes)
        return g;
    char *map = mmap(NULL, body + page, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (map == MAP_FAILED || mprotect(map + body, page, PROT_NONE) != 0)
        _exit(124);
    g.map = map;
    g.mapped = body + page;
    remember(&g);
    g.bytes = memcpy(map + body - size, bytes, size);
    return g;
}

void guard_free(struct guard *g)
{
    if (!g->map)
        return;
    forget(g);
    munmap(g->map, g->mapped);
}

void guard_add(struct guard_list *list, const void *bytes, size_t size)
{
    if (list->n == GUARD_LIST)
        _exit(121); /* no suite has such a long list */
    list->of[list->n++] = guard_copy(bytes, size);
}

void guard_close_list(struct guard_list *list)
{
    void *pointers[GUARD_LIST];

    for (size_t i = 0; i < list->n; i++)
        pointers[i] = list->of[i].bytes;
    list->array = guard_copy(pointers, list->n * sizeof *pointers);
}

void guard_free_list(struct guard_list *list)
{
    for (size_t i = 0; i < list->n; i++)
        guard_free(&list->of[i]);
    guard_free(&list->array);
}

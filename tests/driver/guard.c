/* SPDX-License-Identifier: MIT
 *
 * guard.c - memory that ends at a page which nobody may touch
 */
#include "guard.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

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
    g.bytes = memcpy(map + body - size, bytes, size);
    return g;
}

void guard_free(struct guard *g)
{
    if (g->map)
        munmap(g->map, g->mapped);
}

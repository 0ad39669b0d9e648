/* SPDX-License-Identifier: MIT
 *
 * heap.c - malloc and free for the program under test
 *
 * Memory is handed out upwards and never used twice in one execution, so every
 * use after free is seen, and each execution gets the same addresses. New
 * memory is filled with a pattern: who reads it before writing gets the same
 * wrong value each time.
 */
#include "state.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { BLOCKS = 4096, GAP = 16, PATTERN = 0xA5, TOUCHED = 512 };

#define ARENA ((uintptr_t)0x100000000000)
#define ARENA_SIZE ((size_t)64 << 20)

static struct block {
    uintptr_t start;
    size_t size;
    bool freed;
    int event; /* that freed it */
} blocks[BLOCKS];
static int nblocks;
static uintptr_t next;

void il_heap_init(void)
{
    void *p =
        mmap((void *)ARENA, ARENA_SIZE, PROT_READ | PROT_WRITE,
             MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE,
             -1, 0);
    if (p != (void *)ARENA) {
        fprintf(stderr, "interleave: no memory for the heap\n");
        exit(2);
    }
}

void il_heap_reset(void)
{
    nblocks = 0;
    next = ARENA + GAP;
}

/* The block that an address lies in, or -1; blocks stand in order. */
int il_heap_block(uintptr_t a, size_t *offset)
{
    int low = 0, high = nblocks;
    while (low < high) {
        int middle = (low + high) / 2;
        if (blocks[middle].start <= a)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0 || a - blocks[low - 1].start >= blocks[low - 1].size)
        return -1;
    *offset = a - blocks[low - 1].start;
    return low - 1;
}

static int logged(const struct op *op, int event)
{
    if (event >= 0)
        return event;
    struct event *e = il_log(op);
    e->shown = true;
    return (int)(e - il_w.events);
}

/* Is the address of this access alive? */
void il_heap_check(const struct op *op, size_t size, int event)
{
    size_t offset;
    if (op->addr - ARENA >= ARENA_SIZE)
        return;
    int b = il_heap_block(op->addr, &offset);
    if (b >= 0 && !blocks[b].freed && offset + size <= blocks[b].size)
        return;
    event = logged(op, event);
    if (b >= 0 && blocks[b].freed) {
        il_culprit(blocks[b].event, event);
        il_stop(USE_AFTER_FREE, "%s", "");
    }
    il_culprit(event, -1);
    il_stop(CRASH, "thread %d reaches outside the block that it allocated",
            il_w.cur);
}

static void *take(size_t align, size_t size)
{
    uintptr_t p = (next + align - 1) & ~(uintptr_t)(align - 1);
    if (size > ARENA_SIZE || p + size + GAP > ARENA + ARENA_SIZE ||
        nblocks == BLOCKS)
        il_stop(INCONCLUSIVE, "more than %d blocks or %zu bytes of memory",
                BLOCKS, ARENA_SIZE);
    blocks[nblocks++] = (struct block){p, size ? size : 1, false, -1};
    next = p + size + GAP;
    memset((void *)p, PATTERN, size);
    return (void *)p;
}

void *il_malloc(size_t size)
{
    return take(16, size);
}

void *il_calloc(size_t n, size_t size)
{
    if (size && n > ARENA_SIZE / size)
        return NULL;
    void *p = take(16, n * size);
    memset(p, 0, n * size);
    return p;
}

static void release(uintptr_t a, uintptr_t pc)
{
    size_t offset;
    int b = il_heap_block(a, &offset);
    struct op op = {OP_FREE, 0, 0, a, pc, 0};
    int event = logged(&op, -1);
    if (b >= 0 && blocks[b].freed) {
        il_culprit(blocks[b].event, event);
        il_stop(DOUBLE_FREE, "%s", "");
    }
    if (b < 0 || offset != 0) {
        il_culprit(event, -1);
        il_stop(CRASH, "thread %d frees what malloc did not return", il_w.cur);
    }
    for (size_t i = 0; i < blocks[b].size && i < TOUCHED; i += 8)
        il_touch(a + i, true);
    il_race_check(a, blocks[b].size, FREEING, event);
    il_note_move(ME->hb.at[il_w.cur] + 1);
    il_w.events[event].epoch = ME->hb.at[il_w.cur] + 1;
    blocks[b].freed = true;
    blocks[b].event = event;
}

void il_free(void *p)
{
    if (p)
        release((uintptr_t)p, CALLER);
}

void *il_realloc(void *p, size_t size)
{
    size_t offset;
    void *q = take(16, size);
    if (!p)
        return q;
    int b = il_heap_block((uintptr_t)p, &offset);
    if (b >= 0) {
        size_t old = blocks[b].size;
        il_plain((uintptr_t)p, old < size ? old : size, false, CALLER);
        memcpy(q, p, old < size ? old : size);
    }
    release((uintptr_t)p, CALLER);
    return q;
}

void *il_aligned_alloc(size_t align, size_t size)
{
    if (align == 0 || (align & (align - 1)))
        return NULL;
    return take(align < 16 ? 16 : align, size);
}

int il_posix_memalign(void **out, size_t align, size_t size)
{
    void *p = il_aligned_alloc(align, size);
    if (!p)
        return EINVAL;
    il_plain((uintptr_t)out, sizeof *out, true, CALLER);
    *out = p;
    return 0;
}

char *il_strdup(const char *s)
{
    size_t n = strlen(s) + 1;
    il_plain((uintptr_t)s, n, false, CALLER);
    return memcpy(take(16, n), s, n);
}

char *il_strndup(const char *s, size_t most)
{
    size_t n = strnlen(s, most);
    il_plain((uintptr_t)s, n, false, CALLER);
    char *p = take(16, n + 1);
    memcpy(p, s, n);
    p[n] = '\0';
    return p;
}

/* SPDX-License-Identifier: MIT
 *
 * count.h - every byte that is asked for, and the lines on which it lies
 *
 * The objects of the suite memory are linked with --wrap: what they call as
 * malloc() and so on comes here, that of an implementation too. So the count is
 * exact: the bytes that were asked for and not given back, and how many lines
 * of 64 bytes hold at least one of them. Two blocks on one line count it once.
 *
 * What an allocator needs for itself is not counted as bytes; but it moves the
 * blocks apart, and that shows in the lines.
 */
#ifndef BENCH_COUNT_H
#define BENCH_COUNT_H

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "design.h"

enum { COUNT_LINE = 64, COUNT_ROOM = 1 << 16 };

struct block {
    char *at; /* NULL: free; a block that was given back keeps its place */
    size_t bytes;
};

static struct {
    pthread_mutex_t lock;
    struct block block[COUNT_ROOM]; /* hashed by the address */
    size_t used;
} count = {.lock = PTHREAD_MUTEX_INITIALIZER};

void *__real_malloc(size_t bytes);
void *__real_calloc(size_t n, size_t bytes);
void *__real_realloc(void *old, size_t bytes);
void *__real_aligned_alloc(size_t align, size_t bytes);
int __real_posix_memalign(void **out, size_t align, size_t bytes);
void __real_free(void *block);
void *__wrap_malloc(size_t bytes);
void *__wrap_calloc(size_t n, size_t bytes);
void *__wrap_realloc(void *old, size_t bytes);
void *__wrap_aligned_alloc(size_t align, size_t bytes);
int __wrap_posix_memalign(void **out, size_t align, size_t bytes);
char *__wrap_strdup(const char *s);
char *__wrap_strndup(const char *s, size_t most);
void __wrap_free(void *block);

/* The place of that address, or the free one where it belongs. */
static struct block *count_place(const char *at)
{
    size_t i = (size_t)((uintptr_t)at >> 4) * 2654435761u % COUNT_ROOM;

    while (count.block[i].at != NULL && count.block[i].at != at)
        i = (i + 1) % COUNT_ROOM;
    return &count.block[i];
}

static void *count_add(void *at, size_t bytes)
{
    struct block *b;

    if (at == NULL)
        return NULL;
    pthread_mutex_lock(&count.lock);
    b = count_place(at);
    count.used += b->at == NULL;
    if (count.used > COUNT_ROOM / 2)
        abort(); /* more blocks than this was made for */
    *b = (struct block){at, bytes};
    pthread_mutex_unlock(&count.lock);
    return at;
}

static void count_remove(void *at)
{
    if (at == NULL)
        return;
    pthread_mutex_lock(&count.lock);
    count_place(at)->bytes = 0;
    pthread_mutex_unlock(&count.lock);
}

void *__wrap_malloc(size_t bytes)
{
    return count_add(__real_malloc(bytes), bytes);
}

void *__wrap_calloc(size_t n, size_t bytes)
{
    return count_add(__real_calloc(n, bytes), n * bytes);
}

void *__wrap_realloc(void *old, size_t bytes)
{
    count_remove(old);
    return count_add(__real_realloc(old, bytes), bytes);
}

void *__wrap_aligned_alloc(size_t align, size_t bytes)
{
    return count_add(__real_aligned_alloc(align, bytes), bytes);
}

int __wrap_posix_memalign(void **out, size_t align, size_t bytes)
{
    int err = __real_posix_memalign(out, align, bytes);

    if (err == 0)
        count_add(*out, bytes);
    return err;
}

char *__wrap_strndup(const char *s, size_t most)
{
    size_t n = strnlen(s, most);
    char *copy = __wrap_malloc(n + 1);

    if (copy != NULL) {
        memcpy(copy, s, n);
        copy[n] = '\0';
    }
    return copy;
}

char *__wrap_strdup(const char *s)
{
    return __wrap_strndup(s, SIZE_MAX);
}

void __wrap_free(void *block)
{
    count_remove(block);
    __real_free(block);
}

/* ---- what is held ---- */

/* Forgets all blocks: what follows is counted. */
static void count_begin(void)
{
    memset(count.block, 0, sizeof count.block);
    count.used = 0;
}

static int count_by_address(const void *a, const void *b)
{
    const struct block *x = a, *y = b;

    return (x->at > y->at) - (x->at < y->at);
}

/* The table is of no use after this but for count_begin(). */
static struct bench_memory count_held(uint64_t series)
{
    struct bench_memory m = {.series = series};
    uintptr_t next = 0; /* the first line that is not counted yet */
    size_t n = 0;

    for (size_t i = 0; i < COUNT_ROOM; i++)
        if (count.block[i].bytes > 0)
            count.block[n++] = count.block[i];
    qsort(count.block, n, sizeof count.block[0], count_by_address);
    for (size_t i = 0; i < n; i++) {
        const struct block *b = &count.block[i];
        uintptr_t first = (uintptr_t)b->at / COUNT_LINE;
        uintptr_t end = ((uintptr_t)b->at + b->bytes - 1) / COUNT_LINE + 1;

        first = first > next ? first : next;
        m.bytes += b->bytes;
        m.lines += end > first ? end - first : 0;
        next = end > next ? end : next;
    }
    return m;
}

#endif

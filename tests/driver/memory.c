/* SPDX-License-Identifier: MIT
 *
 * memory.c - let the submission's allocations fail when a test asks for it
 *
 * The submission is linked with --wrap, so that its malloc() is the
 * __wrap_malloc() here. This works under the sanitizers, too: they see the
 * call of malloc() below.
 *
 * New memory is filled, so that what a submission forgets to set is never 0
 * by luck: it is a large number, as integer and as double (1.5e54).
 */
#include "memory.h"

#include "sanitized.h"
#include "scenario.h"

#include <errno.h>
#include <malloc.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* ---- pieces side by side, while a scenario watches ---- */

enum { RANGE = 64 << 20, GRAIN = 16, LINE = 64 };

static char *range;     /* NULL until it is watched */
static uint32_t *sizes; /* of the piece that begins in a grain, plus 1 */
static size_t used, bytes;
static pthread_mutex_t range_lock = PTHREAD_MUTEX_INITIALIZER;
static atomic_bool watching; /* else no lock: it would hide races */

static void *pages(size_t size)
{
    void *p = mmap(NULL, size, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);

    if (p == MAP_FAILED)
        _exit(122);
    return p;
}

void memory_watch(bool on)
{
    if (SANITIZED)
        return;
    if (!range) {
        range = pages(RANGE);
        sizes = pages(RANGE / GRAIN * sizeof *sizes);
    }
    atomic_store(&watching, on);
}

size_t memory_bytes(void)
{
    pthread_mutex_lock(&range_lock);
    size_t now = bytes;
    pthread_mutex_unlock(&range_lock);
    return now;
}

void memory_range(char **from, char **to)
{
    *from = range;
    *to = range + used;
}

static bool is_watched(void)
{
    return atomic_load_explicit(&watching, memory_order_relaxed);
}

static bool is_in_range(const void *p)
{
    return range && (uintptr_t)p - (uintptr_t)range < RANGE;
}

/* A piece of a line or more that asks for no line of its own never begins
 * with one by luck. */
static void *beside(size_t alignment, size_t size)
{
    void *p = NULL;

    pthread_mutex_lock(&range_lock);
    size_t from = (used + alignment - 1) / alignment * alignment;
    if (alignment < LINE && size >= LINE && from % LINE == 0)
        from += GRAIN;
    if (from < RANGE && size < RANGE - from) {
        sizes[from / GRAIN] = (uint32_t)size + 1;
        used = from + size + !size;
        bytes += size;
        p = range + from;
    }
    pthread_mutex_unlock(&range_lock);
    return p;
}

static size_t size_of(const void *p)
{
    return is_in_range(p) ? sizes[(size_t)((const char *)p - range) / GRAIN] - 1
                          : malloc_usable_size((void *)p);
}

/* Its place is not used again. */
static void leave(const void *p)
{
    uint32_t *size = &sizes[(size_t)((const char *)p - range) / GRAIN];

    pthread_mutex_lock(&range_lock);
    if (*size == 0)
        abort(); /* as free() does with what is no piece */
    bytes -= *size - 1;
    *size = 0;
    pthread_mutex_unlock(&range_lock);
}

/* ---- one of both ---- */

/* Alignment 0 asks for none. */
static void *get(size_t alignment, size_t size)
{
    if (is_watched())
        return beside(alignment > GRAIN ? alignment : GRAIN, size);
    return alignment ? aligned_alloc(alignment, size) : malloc(size);
}

static void give_back(void *p)
{
    if (is_in_range(p))
        leave(p);
    else
        free(p);
}

static void *resized(void *p, size_t size)
{
    if (!is_watched() && !is_in_range(p))
        return realloc(p, size);
    void *moved = get(0, size);
    if (p && moved) {
        size_t old = size_of(p);
        memcpy(moved, p, old < size ? old : size);
        give_back(p);
    }
    return moved;
}

/* ---- allocations ---- */

/* How many allocations may still succeed; below zero, all may. Relaxed would
 * do: a test sets it before it starts threads. */
static atomic_long allowance = -1;

static int may_allocate(void)
{
    long left = atomic_load(&allowance);

    while (left > 0 &&
           !atomic_compare_exchange_weak(&allowance, &left, left - 1))
        ;
    if (left == 0)
        errno = ENOMEM;
    return left != 0;
}

/* in: how many allocations succeed before all fail; -1 lets all succeed.
 * out: the allowance before, so that a test sees whether it was used up. */
SCENARIO(allow_allocations)
{
    out[0] = (double)atomic_exchange(&allowance, (long)in[0]);
}

#define EXPORTED __attribute__((visibility("default"))) extern

EXPORTED void *__wrap_malloc(size_t size);
EXPORTED void *__wrap_calloc(size_t n, size_t size);
EXPORTED void *__wrap_realloc(void *p, size_t size);
EXPORTED void *__wrap_aligned_alloc(size_t alignment, size_t size);
EXPORTED int __wrap_posix_memalign(void **out, size_t alignment, size_t size);
EXPORTED char *__wrap_strdup(const char *s);
EXPORTED void __wrap_free(void *p);

enum { FILL = 0x4b };

static void *filled(void *p, size_t size)
{
    return p ? memset(p, FILL, size) : NULL;
}

void *__wrap_malloc(size_t size)
{
    return may_allocate() ? filled(get(0, size), size) : NULL;
}

void *__wrap_calloc(size_t n, size_t size)
{
    size_t all;

    if (!may_allocate())
        return NULL;
    if (!is_watched() || __builtin_mul_overflow(n, size, &all))
        return calloc(n, size);
    return beside(GRAIN, all); /* fresh pages are zero */
}

void *__wrap_realloc(void *p, size_t size)
{
    return may_allocate() ? resized(p, size) : NULL;
}

void *__wrap_aligned_alloc(size_t alignment, size_t size)
{
    return may_allocate() ? filled(get(alignment, size), size) : NULL;
}

int __wrap_posix_memalign(void **out, size_t alignment, size_t size)
{
    int err = may_allocate() ? 0 : ENOMEM;

    if (err == 0 && is_watched())
        err = (*out = get(alignment, size)) ? 0 : ENOMEM;
    else if (err == 0)
        err = posix_memalign(out, alignment, size);
    if (err == 0)
        filled(*out, size);
    return err;
}

char *__wrap_strdup(const char *s)
{
    if (!may_allocate())
        return NULL;
    if (!is_watched())
        return strdup(s);
    char *copy = get(0, strlen(s) + 1);
    return copy ? strcpy(copy, s) : NULL;
}

void __wrap_free(void *p)
{
    give_back(p);
}

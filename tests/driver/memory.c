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

#include "scenario.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- what is in use, while a scenario wants to know ---- */

enum { PIECES = 1 << 15 };
static struct memory_piece pieces[PIECES];
static size_t piece_count;
static pthread_mutex_t pieces_lock = PTHREAD_MUTEX_INITIALIZER;
static atomic_bool watching; /* else no lock: it would hide races */

void memory_watch(bool on)
{
    if (on)
        piece_count = 0;
    atomic_store(&watching, on);
}

size_t memory_pieces(const struct memory_piece **out)
{
    *out = pieces;
    return piece_count;
}

size_t memory_bytes(void)
{
    size_t sum = 0;

    pthread_mutex_lock(&pieces_lock);
    for (size_t i = 0; i < piece_count; i++)
        sum += pieces[i].size;
    pthread_mutex_unlock(&pieces_lock);
    return sum;
}

static void *noted(void *p, size_t size)
{
    if (!p || !atomic_load_explicit(&watching, memory_order_relaxed))
        return p;
    pthread_mutex_lock(&pieces_lock);
    if (piece_count == PIECES)
        _exit(122);
    pieces[piece_count++] = (struct memory_piece){p, size};
    pthread_mutex_unlock(&pieces_lock);
    return p;
}

static void forgotten(const void *p)
{
    if (!p || !atomic_load_explicit(&watching, memory_order_relaxed))
        return;
    pthread_mutex_lock(&pieces_lock);
    for (size_t i = piece_count; i-- > 0;)
        if (pieces[i].at == p) {
            pieces[i] = pieces[--piece_count];
            break;
        }
    pthread_mutex_unlock(&pieces_lock);
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
    return p ? noted(memset(p, FILL, size), size) : NULL;
}

void *__wrap_malloc(size_t size)
{
    return may_allocate() ? filled(malloc(size), size) : NULL;
}

void *__wrap_calloc(size_t n, size_t size)
{
    return may_allocate() ? noted(calloc(n, size), n * size) : NULL;
}

void *__wrap_realloc(void *p, size_t size)
{
    if (!may_allocate())
        return NULL;
    forgotten(p);
    return noted(realloc(p, size), size);
}

void *__wrap_aligned_alloc(size_t alignment, size_t size)
{
    return may_allocate() ? filled(aligned_alloc(alignment, size), size) : NULL;
}

int __wrap_posix_memalign(void **out, size_t alignment, size_t size)
{
    int err = may_allocate() ? posix_memalign(out, alignment, size) : ENOMEM;

    if (err == 0)
        filled(*out, size);
    return err;
}

char *__wrap_strdup(const char *s)
{
    return may_allocate() ? noted(strdup(s), strlen(s) + 1) : NULL;
}

void __wrap_free(void *p)
{
    forgotten(p);
    free(p);
}

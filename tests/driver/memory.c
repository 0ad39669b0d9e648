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
#include "scenario.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

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

enum { FILL = 0x4b };

static void *filled(void *p, size_t size)
{
    return p ? memset(p, FILL, size) : NULL;
}

void *__wrap_malloc(size_t size)
{
    return may_allocate() ? filled(malloc(size), size) : NULL;
}

void *__wrap_calloc(size_t n, size_t size)
{
    return may_allocate() ? calloc(n, size) : NULL;
}

void *__wrap_realloc(void *p, size_t size)
{
    return may_allocate() ? realloc(p, size) : NULL;
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
    return may_allocate() ? strdup(s) : NULL;
}

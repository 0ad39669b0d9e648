/* SPDX-License-Identifier: MIT
 *
 * strings.c - mem and str functions: reads and writes of whole ranges
 *
 * The C library's own code is not instrumented, so these say what it touches
 * before they call it.
 */
#include "state.h"
#include <math.h>
#include <string.h>

static void reads(const void *p, size_t n, uintptr_t pc)
{
    il_plain((uintptr_t)p, n, false, pc);
}

static void writes(void *p, size_t n, uintptr_t pc)
{
    il_plain((uintptr_t)p, n, true, pc);
}

void *il_memcpy(void *to, const void *from, size_t n)
{
    reads(from, n, CALLER);
    writes(to, n, CALLER);
    return memcpy(to, from, n);
}

void *il_memmove(void *to, const void *from, size_t n)
{
    reads(from, n, CALLER);
    writes(to, n, CALLER);
    return memmove(to, from, n);
}

void *il_memset(void *to, int c, size_t n)
{
    writes(to, n, CALLER);
    return memset(to, c, n);
}

int il_memcmp(const void *a, const void *b, size_t n)
{
    reads(a, n, CALLER);
    reads(b, n, CALLER);
    return memcmp(a, b, n);
}

size_t il_strlen(const char *s)
{
    size_t n = strlen(s);
    reads(s, n + 1, CALLER);
    return n;
}

int il_strcmp(const char *a, const char *b)
{
    reads(a, strlen(a) + 1, CALLER);
    reads(b, strlen(b) + 1, CALLER);
    return strcmp(a, b);
}

int il_bcmp(const void *a, const void *b, size_t n)
{
    return il_memcmp(a, b, n);
}

int il_strncmp(const char *a, const char *b, size_t n)
{
    reads(a, strnlen(a, n), CALLER);
    reads(b, strnlen(b, n), CALLER);
    return strncmp(a, b, n);
}

char *il_strcpy(char *to, const char *from)
{
    size_t n = strlen(from) + 1;
    reads(from, n, CALLER);
    writes(to, n, CALLER);
    return memcpy(to, from, n);
}

/* All n bytes are written, the rest with zero. */
char *il_strncpy(char *to, const char *from, size_t n)
{
    size_t length = strnlen(from, n);
    reads(from, length < n ? length + 1 : n, CALLER);
    writes(to, n, CALLER);
    memset(to, 0, n);
    return memcpy(to, from, length);
}

double il_modf(double x, double *whole)
{
    writes(whole, sizeof *whole, CALLER);
    return modf(x, whole);
}

char *il_strchr(const char *s, int c)
{
    reads(s, strlen(s) + 1, CALLER);
    return strchr(s, c);
}

/* Newer compilers call these by names of their own. */

void *__tsan_memcpy(void *to, const void *from, size_t n);
void *__tsan_memcpy(void *to, const void *from, size_t n)
{
    return il_memcpy(to, from, n);
}

void *__tsan_memmove(void *to, const void *from, size_t n);
void *__tsan_memmove(void *to, const void *from, size_t n)
{
    return il_memmove(to, from, n);
}

void *__tsan_memset(void *to, int c, size_t n);
void *__tsan_memset(void *to, int c, size_t n)
{
    return il_memset(to, c, n);
}

/* SPDX-License-Identifier: MIT
 *
 * abi.c - what `-fsanitize=thread` makes the compiler call
 *
 * gcc and clang then call a function before each plain access, in place of
 * each atomic one, and at the beginning and end of each function. Usually
 * those functions are ThreadSanitizer's; the objects are linked without it,
 * and here are ours.
 */
#include "state.h"

void __tsan_init(void);
void __tsan_init(void)
{
}

/* ---- the call stack ---- */

void __tsan_func_entry(void *caller);
void __tsan_func_entry(void *caller)
{
    if (!il_w.running)
        return;
    struct thread *t = ME;
    if (t->depth < 256)
        t->frames[t->depth] = t->calls;
    t->depth++;
    t->calls =
        (t->calls ^ (uint64_t)(uintptr_t)caller) * UINT64_C(0x100000001B3);
}

void __tsan_func_exit(void);
void __tsan_func_exit(void)
{
    if (!il_w.running)
        return;
    struct thread *t = ME;
    if (t->depth > 0 && --t->depth < 256)
        t->calls = t->frames[t->depth];
}

/* ---- plain accesses ---- */

#define ONE(name, size, write)                       \
    void __tsan_##name(void *a);                     \
    void __tsan_##name(void *a)                      \
    {                                                \
        il_plain((uintptr_t)a, size, write, CALLER); \
    }

#define ACCESS(size)                                 \
    ONE(read##size, size, false)                     \
    ONE(write##size, size, true)                     \
    ONE(unaligned_read##size, size, false)           \
    ONE(unaligned_write##size, size, true)           \
    ONE(volatile_read##size, size, false)            \
    ONE(volatile_write##size, size, true)            \
    ONE(unaligned_volatile_read##size, size, false)  \
    ONE(unaligned_volatile_write##size, size, true)  \
    void __tsan_read_write##size(void *a);           \
    void __tsan_read_write##size(void *a)            \
    {                                                \
        il_plain((uintptr_t)a, size, false, CALLER); \
        il_plain((uintptr_t)a, size, true, CALLER);  \
    }

ACCESS(1)
ACCESS(2)
ACCESS(4)
ACCESS(8)
ACCESS(16)

void __tsan_read_range(void *a, size_t n);
void __tsan_read_range(void *a, size_t n)
{
    il_plain((uintptr_t)a, n, false, CALLER);
}

void __tsan_write_range(void *a, size_t n);
void __tsan_write_range(void *a, size_t n)
{
    il_plain((uintptr_t)a, n, true, CALLER);
}

/* ---- atomics ---- */

#define FETCH(bits, type, name, sign)                                        \
    type __tsan_atomic##bits##_##name(volatile type *a, type v, int order);  \
    type __tsan_atomic##bits##_##name(volatile type *a, type v, int order)   \
    {                                                                        \
        return (type)il_rmw((uintptr_t)a, sizeof v, sign, v, order, CALLER); \
    }

#define CAS(bits, type, strength)                                            \
    int __tsan_atomic##bits##_compare_exchange_##strength(                   \
        volatile type *a, type *expected, type v, int order, int fail);      \
    int __tsan_atomic##bits##_compare_exchange_##strength(                   \
        volatile type *a, type *expected, type v, int order, int fail)       \
    {                                                                        \
        uint64_t e = *expected;                                              \
        int ok = il_cas((uintptr_t)a, sizeof v, &e, v, order, fail, CALLER); \
        if (!ok)                                                             \
            *expected = (type)e;                                             \
        return ok;                                                           \
    }

#define ATOMIC(bits, type)                                                 \
    type __tsan_atomic##bits##_load(const volatile type *a, int order);    \
    type __tsan_atomic##bits##_load(const volatile type *a, int order)     \
    {                                                                      \
        return (type)il_load((uintptr_t)a, sizeof *a, order, CALLER);      \
    }                                                                      \
    void __tsan_atomic##bits##_store(volatile type *a, type v, int order); \
    void __tsan_atomic##bits##_store(volatile type *a, type v, int order)  \
    {                                                                      \
        il_store((uintptr_t)a, sizeof v, v, order, CALLER);                \
    }                                                                      \
    FETCH(bits, type, exchange, '=')                                       \
    FETCH(bits, type, fetch_add, '+')                                      \
    FETCH(bits, type, fetch_sub, '-')                                      \
    FETCH(bits, type, fetch_and, '&')                                      \
    FETCH(bits, type, fetch_or, '|')                                       \
    FETCH(bits, type, fetch_xor, '^')                                      \
    FETCH(bits, type, fetch_nand, 'n')                                     \
    CAS(bits, type, strong)                                                \
    CAS(bits, type, weak)                                                  \
    type __tsan_atomic##bits##_compare_exchange_val(                       \
        volatile type *a, type expected, type v, int order, int fail);     \
    type __tsan_atomic##bits##_compare_exchange_val(                       \
        volatile type *a, type expected, type v, int order, int fail)      \
    {                                                                      \
        uint64_t e = expected;                                             \
        il_cas((uintptr_t)a, sizeof v, &e, v, order, fail, CALLER);        \
        return (type)e;                                                    \
    }

ATOMIC(8, uint8_t)
ATOMIC(16, uint16_t)
ATOMIC(32, uint32_t)
ATOMIC(64, uint64_t)

void __tsan_atomic_thread_fence(int order);
void __tsan_atomic_thread_fence(int order)
{
    il_fence(order, CALLER);
}

void __tsan_atomic_signal_fence(int order);
void __tsan_atomic_signal_fence(int order)
{
    (void)order;
}

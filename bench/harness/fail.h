/* SPDX-License-Identifier: MIT
 *
 * fail.h - the way out when a run cannot go on
 */
#ifndef BENCH_FAIL_H
#define BENCH_FAIL_H

#include <stddef.h>

/* Prints "bench: " and the sentence to standard error and exits with 2. */
_Noreturn void bench_fail(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

/* Zeroed memory for count things of that size, as calloc gives; ends the
 * program when there is none. */
void *bench_alloc(size_t count, size_t bytes);

#endif

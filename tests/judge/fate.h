/* SPDX-License-Identifier: MIT
 *
 * fate.h - what became of a driver, as one sentence
 */
#ifndef JUDGE_FATE_H
#define JUDGE_FATE_H

#include "wire/leash.h"

#include <stddef.h>

/* Writes "crashed: SIGSEGV in met_counter_inc (call 2), counter.c:17" and the
 * like. `output` is what the driver printed: a sanitizer's report, perhaps. */
void fate_sentence(char *text, size_t size, const struct leash_news *news,
                   const char *function, unsigned call, const char *output);

/* What a sanitizer's report says in plain words, or NULL when the text holds
 * none. */
const char *fate_finding(const char *report);

#endif

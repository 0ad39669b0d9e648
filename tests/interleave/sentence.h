/* SPDX-License-Identifier: MIT
 *
 * sentence.h - what sentence.c and patterns.c share
 */
#ifndef IL_SENTENCE_H
#define IL_SENTENCE_H

#include "state.h"

/* Makes it the sentence of this failure; returns true. */
bool il_say(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Finds the pattern that the failing execution follows, and says it. */
void il_say_pattern(void);

static inline bool il_writes(const struct event *e)
{
    return e->wrote || e->kind == OP_WRITE;
}

static inline bool il_reads(const struct event *e)
{
    return e->kind == OP_LOAD || e->kind == OP_READ ||
           (e->kind == OP_CAS && !e->wrote);
}

#endif

/* SPDX-License-Identifier: MIT
 *
 * locks.h - what the kinds of locks share
 */
#ifndef IL_LOCKS_H
#define IL_LOCKS_H

#include "redirect.h"

/* Stops at the step, and takes part in the order of steps on this lock. */
struct lock *il_lock_step(int kind, uintptr_t addr, bool visible, uintptr_t pc);
/* After the step: the event, and what later steps depend on. */
void il_lock_settle(struct lock *l, int kind, uintptr_t pc, uint64_t value);
/* This thread holds it from now on. */
void il_lock_take(struct lock *l);
/* Ends the execution with an assertion: the thread may not do that. */
void il_lock_refuse(const struct op *op, const char *what);
/* Somebody asks without waiting, or did: then giving it back is a step. */
bool il_lock_ask(uintptr_t m);
bool il_lock_was_asked(uintptr_t m);

#endif

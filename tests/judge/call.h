/* SPDX-License-Identifier: MIT
 *
 * call.h - one call over the wire, as the stubs make it
 */
#ifndef JUDGE_CALL_H
#define JUDGE_CALL_H

#include "wire/frame.h"

/* Starts the call of a function or scenario; arguments are put next. */
struct frame *call_begin(uint32_t op, const char *name);

/* Sends it, serves callbacks, and returns when the answer is in the frame.
 * A driver that does not answer as it should fails the test. */
void call_send(struct frame *f);

/* Checks that the whole answer was read, and nothing more. */
void call_end(const struct frame *f);

/* Callbacks: the driver holds a token for each pair of function and context,
 * never a pointer of ours. */
struct callback {
    uint32_t op; /* which type of function */
    void (*function)(void);
    void *context;
};
void *callback_token(uint32_t op, void (*function)(void), void *context);
/* Fails the test when the submission made the token up. */
const struct callback *callback_of(uint32_t op, void *token);

/* In stubs.c: answers a callback that lies in the frame. Returns false when
 * the frame is no callback. */
bool stubs_serve(struct frame *f);

/* Fails the test: what came back cannot be an answer. */
_Noreturn void call_nonsense(void);

#endif

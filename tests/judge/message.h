/* SPDX-License-Identifier: MIT
 *
 * message.h - a verdict on its way from a test's process to the runner's
 *
 * Criterion carries one text for a failed assertion. Ours is a JSON object,
 * which only code of ours writes: strings of the submission are data in it.
 *
 *     status    "failed", "inconclusive", or "error" (the judge's own fault)
 *     expected, got, steps, output
 *     finding   true when a sanitizer's report was the reason
 */
#ifndef JUDGE_MESSAGE_H
#define JUDGE_MESSAGE_H

#include <stdbool.h>

/* Ends the test with this verdict. */
_Noreturn void message_send(const char *status, const char *expected,
                            const char *got);

/* The same as "failed", because a sanitizer found something. */
_Noreturn void message_send_finding(const char *expected, const char *got);

#endif

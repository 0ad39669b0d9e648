/* SPDX-License-Identifier: MIT
 *
 * sandbox.h - the sandbox of a suite: one zygote, ready to give drivers
 */
#ifndef JUDGE_SANDBOX_H
#define JUDGE_SANDBOX_H

#include <stdbool.h>

/* Starts the zygote `driver` for the shared object that fd `submission`
 * holds, and puts its address into the environment for the tests. First with
 * namespaces; where they cannot be had, with limits only. `hurry`: tests are
 * impatient from the start. `network`: the submission may serve.
 * Returns the fence that stands, "namespaces" or "limits", or NULL. */
const char *sandbox_start(const char *driver, int submission, bool hurry,
                          bool network);

/* Ends it with all that lives in it. */
void sandbox_end(void);

#endif

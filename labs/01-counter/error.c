/* SPDX-License-Identifier: MIT
 *
 * error.c - what a code of error.h means, in a sentence
 */
#include "met/error.h"

const char *met_strerror(int err)
{
    (void)err;
    return ""; /* Step 1 */
}

/* SPDX-License-Identifier: MIT
 *
 * error.c - what a code of error.h means, in a sentence
 */
#include "met/error.h"

const char *met_strerror(int err)
{
    /// SOLUTION
    switch (err) {
    case 0: return "no error";
    case MET_EINVAL: return "an argument is outside what the function takes";
    case MET_ENOMEM: return "no memory could be had";
    default: return "unknown error";
    }
    /// STARTER
    /// (void)err;
    /// return ""; /* Step 1 */
    /// END
}

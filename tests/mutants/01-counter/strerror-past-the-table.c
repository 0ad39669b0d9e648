/* SPDX-License-Identifier: MIT
 *
 * strerror-past-the-table.c - a table without a look at its bounds
 *
 * file: error.c
 * loses: unknown_codes_share_a_sentence no_memory_error
 * sentence: "any other number has one sentence for "unknown""
 */
#include "met/error.h"

static const char *const texts[] = {"no error", "bad argument", "no memory"};

const char *met_strerror(int err)
{
    return texts[-err];
}

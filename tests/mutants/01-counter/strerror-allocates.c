/* SPDX-License-Identifier: MIT
 *
 * strerror-allocates.c - each call takes memory that nobody frees
 *
 * file: error.c
 * loses: none_yet
 * sentence: "must not be changed or freed"
 */
#include "met/error.h"

#include <stdlib.h>
#include <string.h>

static const char *known(int err)
{
    switch (err) {
    case 0: return "no error at all";
    case MET_EINVAL: return "a bad argument.";
    case MET_ENOMEM: return "no more memory.";
    default: return "unknown error..";
    }
}

const char *met_strerror(int err)
{
    char *text = malloc(16);

    return text ? memcpy(text, known(err), 16) : "no memory";
}

/* SPDX-License-Identifier: MIT
 *
 * strerror-one-buffer.c - one buffer for all threads, written by each call
 *
 * file: error.c
 * loses: sentences_last no_data_race
 * sentence: "calls do not disturb each other"
 */
#include "met/error.h"

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
    static char text[16];

    return memcpy(text, known(err), sizeof text);
}

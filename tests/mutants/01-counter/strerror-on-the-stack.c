/* SPDX-License-Identifier: MIT
 *
 * strerror-on-the-stack.c - the text lies in a local array: it ends with the
 * call
 *
 * file: error.c
 * loses: none_yet
 * sentence: "lives as long as the program"
 */
#include "met/error.h"

#include <string.h>

static const char *known(int err)
{
    switch (err) {
    case 0: return "no error";
    case MET_EINVAL: return "a bad argument";
    case MET_ENOMEM: return "no memory";
    default: return "unknown error";
    }
}

const char *met_strerror(int err)
{
    char text[40] = "";
    char *volatile result = text;

    memcpy(text, known(err), 9);
    return result;
}

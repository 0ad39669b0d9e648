/* SPDX-License-Identifier: MIT
 *
 * strerror-empty.c - an empty text for what it does not know
 *
 * file: error.c
 * loses: unknown_codes_share_a_sentence
 * sentence: "and never empty"
 */
#include "met/error.h"

const char *met_strerror(int err)
{
    switch (err) {
    case 0: return "no error";
    case MET_EINVAL: return "an argument is outside what the function takes";
    case MET_ENOMEM: return "no memory could be had";
    default: return "";
    }
}

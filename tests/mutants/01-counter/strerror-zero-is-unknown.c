/* SPDX-License-Identifier: MIT
 *
 * strerror-zero-is-unknown.c - 0 is told as an unknown error
 *
 * file: error.c
 * loses: unknown_codes_share_a_sentence
 * sentence: "0 means that nothing went wrong"
 */
#include "met/error.h"

const char *met_strerror(int err)
{
    switch (err) {
    case MET_EINVAL: return "an argument is outside what the function takes";
    case MET_ENOMEM: return "no memory could be had";
    default: return "unknown error";
    }
}

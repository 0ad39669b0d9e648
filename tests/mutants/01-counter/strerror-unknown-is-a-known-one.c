/* SPDX-License-Identifier: MIT
 *
 * strerror-unknown-is-a-known-one.c - unknown numbers share the sentence of
 * MET_EINVAL
 *
 * file: error.c
 * loses: unknown_codes_share_a_sentence
 * sentence: "any other number has one sentence for "unknown""
 */
#include "met/error.h"

const char *met_strerror(int err)
{
    switch (err) {
    case 0: return "no error";
    case MET_EINVAL: return "an argument is outside what the function takes";
    case MET_ENOMEM: return "no memory could be had";
    default: return "an argument is outside what the function takes";
    }
}

/* SPDX-License-Identifier: MIT
 *
 * strerror-names-the-number.c - each unknown number has a sentence of its
 * own
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
    case 1: return "the first unknown error";
    default: return err < 0 ? "unknown error" : "unknown number";
    }
}

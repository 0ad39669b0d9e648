/* SPDX-License-Identifier: MIT
 *
 * strerror-two-alike.c - MET_EINVAL and MET_ENOMEM have one sentence
 *
 * file: error.c
 * loses: each_code_has_its_own_sentence
 * sentence: "each code of this file has its own"
 */
#include "met/error.h"

const char *met_strerror(int err)
{
    switch (err) {
    case 0: return "no error";
    case MET_EINVAL: return "an argument is outside what the function takes";
    case MET_ENOMEM: return "an argument is outside what the function takes";
    default: return "unknown error";
    }
}

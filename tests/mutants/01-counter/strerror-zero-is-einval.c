/* SPDX-License-Identifier: MIT
 *
 * strerror-zero-is-einval.c - 0 is told as MET_EINVAL
 *
 * file: error.c
 * loses: each_code_has_its_own_sentence
 * sentence: "0 means that nothing went wrong"
 */
#include "met/error.h"

const char *met_strerror(int err)
{
    switch (err) {
    case 0: return "an argument is outside what the function takes";
    case MET_EINVAL: return "an argument is outside what the function takes";
    case MET_ENOMEM: return "no memory could be had";
    default: return "unknown error";
    }
}

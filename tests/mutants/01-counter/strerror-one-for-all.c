/* SPDX-License-Identifier: MIT
 *
 * strerror-one-for-all.c - all codes have one sentence
 *
 * file: error.c
 * loses: each_code_has_its_own_sentence unknown_codes_share_a_sentence
 * sentence: "each code of this file has its own"
 */
#include "met/error.h"

const char *met_strerror(int err)
{
    return err == 0 ? "no error" : "error";
}

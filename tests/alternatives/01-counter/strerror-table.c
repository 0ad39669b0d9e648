/* SPDX-License-Identifier: MIT
 *
 * strerror-table.c - a table of sentences, with a look at its bounds
 *
 * file: error.c
 */
#include "met/error.h"

static const char *const texts[] = {
    [0] = "all is well",
    [-MET_EINVAL] = "bad argument",
    [-MET_ENOMEM] = "out of memory",
};

const char *met_strerror(int err)
{
    int known = sizeof texts / sizeof *texts;

    return err <= 0 && err > -known ? texts[-err] : "unknown";
}

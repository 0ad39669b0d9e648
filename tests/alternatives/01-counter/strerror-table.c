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
    [-MET_EEXIST] = "name taken",
    [-MET_ECOLLIDE] = "sample names collide",
    [-MET_ENAME] = "bad metric name",
    [-MET_ELABEL] = "bad label name",
    [-MET_ERESERVED] = "reserved label name",
    [-MET_EBUCKET] = "le is the name of the buckets",
    [-MET_EDUPLICATE] = "label given twice",
    [-MET_EUTF8] = "not UTF-8",
    [-MET_ECOUNT] = "wrong number of label values",
    [-MET_ELIMIT] = "too many children",
    [-MET_ENOENT] = "no such child",
    [-MET_ENOSPC] = "buffer too small",
    [-MET_EWRITE] = "writing failed",
    [-MET_EADDRINUSE] = "port taken",
    [-MET_EADDRESS] = "bad address",
    [-MET_ESYSTEM] = "refused by the system",
};

const char *met_strerror(int err)
{
    int known = sizeof texts / sizeof *texts;

    return err <= 0 && err > -known ? texts[-err] : "unknown";
}

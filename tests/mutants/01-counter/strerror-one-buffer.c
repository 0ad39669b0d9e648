/* SPDX-License-Identifier: MIT
 *
 * strerror-one-buffer.c - one buffer for all threads, written by each call
 *
 * file: error.c
 * loses: sentences_last no_data_race
 * sentence: "calls do not disturb each other"
 */
#include "met/error.h"

#include <string.h>

static const char *known(int err)
{
    switch (err) {
    case 0: return "no error at all";
    case MET_EINVAL: return "a bad argument.";
    case MET_ENOMEM: return "no more memory.";
    case MET_EEXIST: return "taken name.....";
    case MET_ECOLLIDE: return "sample collides";
    case MET_ENAME: return "no metric name.";
    case MET_ELABEL: return "no label name..";
    case MET_ERESERVED: return "a reserved name";
    case MET_EBUCKET: return "le is reserved.";
    case MET_EDUPLICATE: return "labels are same";
    case MET_EUTF8: return "text not UTF-8.";
    case MET_ECOUNT: return "count of labels";
    case MET_ELIMIT: return "too many childs";
    case MET_ENOENT: return "no such child..";
    case MET_ENOSPC: return "buffer is small";
    case MET_EWRITE: return "writing failed.";
    case MET_EADDRINUSE: return "port is taken..";
    case MET_EADDRESS: return "wrong address..";
    case MET_ESYSTEM: return "system refused.";
    default: return "unknown error..";
    }
}

const char *met_strerror(int err)
{
    static char text[16];

    return memcpy(text, known(err), sizeof text);
}

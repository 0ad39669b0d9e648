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
    case MET_EEXIST: return "the name belongs to another family";
    case MET_ECOLLIDE:
        return "a sample would have the name of another family's";
    case MET_ENAME: return "not a metric name";
    case MET_ELABEL: return "not a label name";
    case MET_ERESERVED: return "label names that begin with __ are reserved";
    case MET_EBUCKET: return "le names the buckets of a histogram";
    case MET_EDUPLICATE: return "two labels have one name";
    case MET_EUTF8: return "a text is not UTF-8";
    case MET_ECOUNT: return "as many label values as label names are needed";
    case MET_ELIMIT: return "the family has as many children as it may have";
    case MET_ENOENT: return "there is no such child";
    case MET_ENOSPC: return "the buffer is too small";
    case MET_EWRITE: return "the page could not be written to its end";
    case MET_EADDRINUSE: return "another socket has the port";
    case MET_EADDRESS: return "not an address of this machine";
    case MET_ESYSTEM: return "the operating system refused";
    default: return "unknown error";
    }
}

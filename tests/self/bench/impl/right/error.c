/* SPDX-License-Identifier: MIT
 *
 * error.c - the sentences of error.h, for the tests of the harness
 */
#include <met/error.h>

const char *met_strerror(int err)
{
    switch (err) {
    case 0: return "nothing went wrong";
    case MET_EINVAL: return "an argument is not allowed";
    case MET_ENOMEM: return "there is no memory";
    }
    return "unknown error";
}

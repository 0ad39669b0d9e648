/* SPDX-License-Identifier: MIT
 *
 * play.c - the process of the submission
 */
#include "play.h"

#include "dispatch.h"
#include "fence.h"
#include "note.h"
#include "theirs.h"
#include "wire/leash.h"

#include <stdlib.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
enum { SANITIZED = 1 };
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
enum { SANITIZED = 1 };
#else
enum { SANITIZED = 0 };
#endif
#else
enum { SANITIZED = 0 };
#endif

enum { FD_NOTES = LEASH_FD_WIRE + 1, FD_FREE };

/* Leaves only standard streams, wire and notes open. The numbers may overlap
 * at first, so all move out of the way before they move in. */
static void arrange(int wire, int output, int warden)
{
    int w = dup(wire), o = dup(output), n = dup(warden);

    if (w < 0 || o < 0 || n < 0 || dup2(w, LEASH_FD_WIRE) < 0 ||
        dup2(o, 1) < 0 || dup2(o, 2) < 0 || dup2(n, FD_NOTES) < 0)
        _exit(119);
}

_Noreturn void play(int wire, int output, int warden, const char *submission)
{
    arrange(wire, output, warden);
    note_install(FD_NOTES, submission, SANITIZED);
    fence_raise(SANITIZED);
    clearenv();
    const char *problem = theirs_load(submission);
    if (problem)
        note_unloadable(problem);
    close_range(FD_FREE, ~0U, 0);
    dispatch(LEASH_FD_WIRE);
    _exit(0);
}

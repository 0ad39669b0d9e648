/* SPDX-License-Identifier: MIT
 *
 * play.c - the process of the submission
 */
#include "play.h"

#include "dispatch.h"
#include "fence.h"
#include "landlock.h"
#include "note.h"
#include "sanitized.h"
#include "theirs.h"
#include "wire/leash.h"

#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FD_NOTES = LEASH_FD_WIRE + 1, FD_FREE };

/* What threads of a server get that do not ask for another size. */
enum { STACK_BYTES = 256 << 10 };

/* Leaves only standard streams, wire and notes open. The numbers may overlap
 * at first, so all move out of the way before they move in. */
static void arrange(int wire, int output, int warden)
{
    int w = dup(wire), o = dup(output), n = dup(warden);

    if (w < 0 || o < 0 || n < 0 || dup2(w, LEASH_FD_WIRE) < 0 ||
        dup2(o, 1) < 0 || dup2(o, 2) < 0 || dup2(n, FD_NOTES) < 0)
        _exit(119);
}

/* A submission sees no environment, but setlocale() needs to know where our
 * locale lies. */
static void clear_environment(void)
{
    const char *locales = getenv("LOCPATH");
    char *kept = locales ? strdup(locales) : NULL;

    clearenv();
    if (kept)
        setenv("LOCPATH", kept, 1);
    free(kept);
}

/* A thread for each of hundreds of connections fits into the fence's memory
 * limit. */
static void want_small_stacks(void)
{
    pthread_attr_t small;

    if (pthread_attr_init(&small) != 0 ||
        pthread_attr_setstacksize(&small, STACK_BYTES) != 0 ||
        pthread_setattr_default_np(&small) != 0)
        _exit(119);
    pthread_attr_destroy(&small);
}

_Noreturn void play(int wire, int output, int warden,
                    const struct charge *charge)
{
    arrange(wire, output, warden);
    signal(SIGPIPE, SIG_DFL); /* as a program has it when it starts */
    note_install(FD_NOTES, charge->submission, SANITIZED);
    if (charge->network && !SANITIZED)
        want_small_stacks();
    landlock_files(charge->submission);
    fence_raise(SANITIZED, charge->network);
    clear_environment();
    const char *problem = theirs_load(charge->submission);
    if (problem)
        note_unloadable(problem);
    close_range(FD_FREE, ~0U, 0);
    dispatch(LEASH_FD_WIRE);
    _exit(0);
}

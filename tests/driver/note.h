/* SPDX-License-Identifier: MIT
 *
 * note.h - the last words of the submission's process, for its warden
 *
 * Only a help for the student: the submission could write such a note itself,
 * so no verdict rests on one.
 */
#ifndef DRIVER_NOTE_H
#define DRIVER_NOTE_H

#include <stdint.h>

enum note_what { NOTE_PLACE = 1, NOTE_MISSING, NOTE_UNLOADABLE };

struct note {
    enum note_what what;
    int forbidden;    /* NOTE_PLACE: the system call refused, or -1 */
    uint64_t address; /* NOTE_PLACE: offset in the shared object */
    int why;          /* NOTE_PLACE: enum leash_why */
    char text[160];   /* the other two: a name, or the loader's reason */
};

/* From now on notes go to this socket. Catches the signals that end a
 * process by mistake; `sanitized` says that a sanitizer catches most itself. */
void note_install(int socket, const char *submission, int sanitized);

/* Each tells the warden and ends the process. */
_Noreturn void note_missing(const char *function);
_Noreturn void note_unloadable(const char *reason);

#endif

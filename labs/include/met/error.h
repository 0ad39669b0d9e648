/* SPDX-License-Identifier: MIT
 *
 * error.h - what a call of the library may answer when it cannot do its work
 *
 * A call that can fail returns 0 when it did what was asked, and one of the
 * negative codes below when it did not. A failed call changes nothing: not
 * the object, not the caller's variables.
 *
 *     int err = met_counter_add(c, amount);
 *     if (err < 0)
 *         fprintf(stderr, "%s\n", met_strerror(err));
 *
 * A null handle is a mistake of the caller: what happens then is not defined.
 * The exception is destroy(NULL), which does nothing.
 */
#ifndef MET_ERROR_H
#define MET_ERROR_H

enum {
    MET_EINVAL = -1, /* an argument is outside what the function takes */
    MET_ENOMEM = -2, /* no memory could be had */
};

/* Returns a sentence in English for a code: each code of this file has its
 * own, 0 means that nothing went wrong, and any other number has one sentence
 * for "unknown". The text is never NULL and never empty, lives as long as the
 * program, and must not be changed or freed.
 *
 * Threads: any thread, any time; calls do not disturb each other. (The C
 * library's strerror() may reuse one buffer for all threads.) */
const char *met_strerror(int err);

#endif

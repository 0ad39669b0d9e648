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

    /* of the registry, lab 04 */
    MET_EEXIST = -3,     /* the name belongs to another family */
    MET_ECOLLIDE = -4,   /* a sample would have the name of another family's */
    MET_ENAME = -5,      /* not a metric name */
    MET_ELABEL = -6,     /* not a label name */
    MET_ERESERVED = -7,  /* label names that begin with __ are reserved */
    MET_EBUCKET = -8,    /* le names the buckets of a histogram */
    MET_EDUPLICATE = -9, /* two labels have one name */
    MET_EUTF8 = -10,     /* a text is not UTF-8 */
    MET_ECOUNT = -11,    /* as many label values as label names are needed */
    MET_ELIMIT = -12,    /* the family has as many children as it may have */
    MET_ENOENT = -13,    /* there is no such child */

    /* of the exposition, lab 05 */
    MET_ENOSPC = -14, /* the buffer is too small */
    MET_EWRITE = -15, /* the page could not be written to its end */

    /* of the server, lab 06 */
    MET_EADDRINUSE = -16, /* another socket has the port */
    MET_EADDRESS = -17,   /* not an address of this machine */
    MET_ESYSTEM = -18,    /* the operating system refused */

    MET_ELAST = MET_ESYSTEM, /* the last of them: no code is below it */
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

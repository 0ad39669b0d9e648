/* SPDX-License-Identifier: MIT
 *
 * watch.h - grade watch: grade a lab again each time one of its files is saved
 */
#ifndef GRADER_WATCH_H
#define GRADER_WATCH_H

#include "lab.h"

/* Goes on until a signal ends it (INT, TERM, HUP). Nothing is left then: no
 * process, no file. Returns false, with a sentence on standard error, when the
 * folder of `o` cannot be watched. */
bool watch_lab(struct order *o, const struct lab *lab);

#endif

/* SPDX-License-Identifier: MIT
 *
 * hint.h - grade hint: help for the first failing test, a step at a time
 */
#ifndef GRADER_HINT_H
#define GRADER_HINT_H

#include "lab.h"

/* Grades the lab, shows one more step of help for the first test that fails,
 * and counts it. Returns false, with a sentence on standard error, when that
 * cannot be done. */
bool hint_give(struct order *o, const struct lab *lab);

#endif

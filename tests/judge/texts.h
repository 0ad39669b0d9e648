/* SPDX-License-Identifier: MIT
 *
 * texts.h - what is handed in beside code: settings, rules, answers
 *
 * The files of a manifest that are not C are no part of the submission's
 * object. `grade` gives them to the judge in its environment, ABACUS_TEXT_name
 * with a '=' and the text, or a '!' and why there is none: a test's process
 * inherits nothing else. They are data; a program reads them in a sandbox
 * only.
 */
#ifndef JUDGE_TEXTS_H
#define JUDGE_TEXTS_H

/* The text; fails the test when there is none. It must not be changed. */
const char *text_file(const char *name);

/* For a debugger: takes the texts from a folder. NULL does nothing. */
void texts_are_in(const char *folder);

#endif

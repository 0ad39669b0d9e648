/* SPDX-License-Identifier: MIT
 *
 * names.h - compares names as course systems change them for their archives
 */
#ifndef CLASS_NAMES_H
#define CLASS_NAMES_H

#include <stdbool.h>

/* Whether `in_archive` is what Canvas makes of a name: letters and digits
 * alone, in lower case, the last name first. */
bool names_canvas(const char *in_archive, const char *name);

/* Whether it is what Moodle makes of it: without what no file name may have. */
bool names_moodle(const char *in_archive, const char *name);

#endif

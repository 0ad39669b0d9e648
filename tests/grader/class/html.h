/* SPDX-License-Identifier: MIT
 *
 * html.h - pages of one file each; what others wrote is only ever text in them
 */
#ifndef CLASS_HTML_H
#define CLASS_HTML_H

#include <stdio.h>

void html_begin(FILE *f, const char *title);
void html_end(FILE *f);

/* Text, escaped. */
void html_text(FILE *f, const char *text);

/* An element with text in it; `class` may be "". Nothing for an empty text. */
void html_element(FILE *f, const char *element, const char *class,
                  const char *text);

/* A name that is safe in a path and in a link: what is no letter, digit, '-'
 * or '_' becomes "=" and two digits. */
void html_file_name(char name[800], const char *text);

#endif

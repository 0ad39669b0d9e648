/* SPDX-License-Identifier: MIT
 *
 * text.h - text that others wrote, made fit to be stored and shown
 */
#ifndef SUPPORT_TEXT_H
#define SUPPORT_TEXT_H

/* Puts '?' for each byte that is a control character (but not for newline and
 * tab) or no part of valid UTF-8. Then the text can be a JSON string, and a
 * terminal obeys nothing in it. */
void text_clean(char *text);

#endif

/* SPDX-License-Identifier: MIT
 *
 * text.c - text that others wrote, made fit to be stored and shown
 */
#include "text.h"

#include <stddef.h>

/* How many bytes at `s` are one valid character of UTF-8 (RFC 3629); 0: none.
 * The ends of the ranges keep out overlong forms, surrogates and what is
 * beyond U+10FFFF, and the controls U+0080 to U+009F. */
static size_t character(const unsigned char *s)
{
    size_t more = s[0] >= 0xf0 ? 3 : s[0] >= 0xe0 ? 2 : 1;
    unsigned char low = 0x80, high = 0xbf;

    if (s[0] < 0xc2 || s[0] > 0xf4)
        return 0;
    switch (s[0]) {
    case 0xc2: low = 0xa0; break;
    case 0xe0: low = 0xa0; break;
    case 0xed: high = 0x9f; break;
    case 0xf0: low = 0x90; break;
    case 0xf4: high = 0x8f; break;
    default: break;
    }
    if (s[1] < low || s[1] > high)
        return 0;
    for (size_t i = 2; i <= more; i++)
        if (s[i] < 0x80 || s[i] > 0xbf)
            return 0;
    return more + 1;
}

void text_clean(char *text)
{
    for (unsigned char *p = (unsigned char *)text; *p;) {
        size_t n = *p < 0x80 ? 1 : character(p);
        if (n == 0 || *p == 0x7f || (*p < ' ' && *p != '\n' && *p != '\t')) {
            *p = '?';
            n = 1;
        }
        p += n;
    }
}

/* SPDX-License-Identifier: MIT
 *
 * no-escapes.c - nothing is escaped
 *
 * file: page.c
 * loses: label_values_are_escaped help_is_escaped
 * sentence: "label values escape"
 */
#include "page.h"

#include <string.h>

/* Hands the piece out, if there is one, and somebody still wants it. */
static void hand_out(struct page *p)
{
    if (p->used > 0 && !p->gave_up)
        p->gave_up = p->write(p->ctx, p->bytes, p->used) != 0;
    p->used = 0;
}

void page_put(struct page *p, const char *bytes, size_t n)
{
    p->length += n;
    while (n > 0) {
        if (p->used == p->size && p->write)
            hand_out(p);
        size_t room = p->size - p->used, part = n < room ? n : room;
        if (part == 0)
            return; /* a buffer that is full */
        memcpy(p->bytes + p->used, bytes, part);
        p->used += part;
        bytes += part;
        n -= part;
    }
}

void page_flush(struct page *p)
{
    if (p->write)
        hand_out(p);
}

void page_put_text(struct page *p, const char *text)
{
    page_put(p, text, strlen(text));
}

void page_put_byte(struct page *p, char c)
{
    page_put(p, &c, 1);
}

void page_put_count(struct page *p, uint64_t n)
{
    char digits[20], *end = digits + sizeof digits, *at = end;

    do {
        *--at = (char)('0' + n % 10);
        n /= 10;
    } while (n > 0);
    page_put(p, at, (size_t)(end - at));
}

void page_put_escaped(struct page *p, const char *text, const char *special)
{
    for (;;) {
        size_t plain = strlen(text);
        (void)special;
        page_put(p, text, plain);
        text += plain;
        if (*text == '\0')
            return;
        page_put_byte(p, '\\');
        page_put_byte(p, *text == '\n' ? 'n' : *text);
        text++;
    }
}

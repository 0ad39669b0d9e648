/* SPDX-License-Identifier: MIT
 *
 * escapes-tabs.c - a tab in a label value becomes \\t
 *
 * file: page.c
 * loses: label_values_are_escaped
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

/* What is not in the piece yet, or is not in it as a whole. */
static __attribute__((noinline)) void put_in_parts(struct page *p,
                                                   const char *bytes, size_t n)
{
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

void page_put(struct page *p, const char *bytes, size_t n)
{
    p->length += n;
    if (n < p->size - p->used) { /* nearly always */
        char *to = p->bytes + p->used;
        p->used += n;
        memcpy(to, bytes, n);
        return;
    }
    put_in_parts(p, bytes, n);
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
    if (p->used < p->size) {
        p->bytes[p->used++] = c;
        p->length++;
        return;
    }
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
        size_t plain = strcspn(text, special), tab = strcspn(text, "\t");

        if (tab < plain) {
            page_put(p, text, tab);
            page_put_text(p, "\\t");
            text += tab + 1;
            continue;
        }
        page_put(p, text, plain);
        text += plain;
        if (*text == '\0')
            return;
        page_put_byte(p, '\\');
        page_put_byte(p, *text == '\n' ? 'n' : *text);
        text++;
    }
}

/* SPDX-License-Identifier: MIT
 *
 * page.c - pieces of text, put one after the other where the caller wants them
 */
#include "page.h"

#include <string.h>

void page_put(struct page *p, const char *bytes, size_t n)
{
    (void)p;
    (void)bytes;
    (void)n; /* Step 2 */
}

void page_flush(struct page *p)
{
    (void)p; /* Step 2 */
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
    (void)p;
    (void)n; /* Step 2 */
}

void page_put_escaped(struct page *p, const char *text, const char *special)
{
    (void)special;
    page_put_text(p, text); /* Step 2: what must be escaped? */
}

/* SPDX-License-Identifier: MIT
 *
 * page.h - what the files of this lab share, and nobody else sees
 *
 * number.c writes doubles; page.c takes pieces of text and puts them where the
 * caller wants them; exposition.c knows the two formats; process.c reads what
 * the operating system says of this process. You may change this file, too.
 */
#ifndef PAGE_H
#define PAGE_H

#include "met/exposition.h"

#include <stdbool.h>
#include <stdint.h>

/* clangd 14 sees both of the pragmas only if a declaration comes before. */
struct page;

/* Hidden: the files of the library see these names, its users do not. */
#pragma GCC visibility push(hidden)

/* ---- number.c ---- */

/* Writes v without a '\0', with an exponent from 10^large on (21 for values, 6
 * for the bounds of OpenMetrics), and returns the length, at most
 * MET_DOUBLE_BYTES - 3. */
size_t number_write(double v, int large, char *out);

/* ---- page.c ---- */

enum { PIECE_BYTES = 4096 };

/* A page is either a buffer of the caller, which may be too small, or a piece
 * that is handed to a function whenever it is full. */
struct page {
    char *bytes;
    size_t size, used;   /* used never exceeds size */
    size_t length;       /* of the whole page, what did not fit included */
    met_write_fn *write; /* NULL: a buffer */
    void *ctx;
    bool gave_up; /* write() has said so, and is not called again */
};

/* Puts n bytes, or what fits of them, and counts all n in the length. */
void page_put(struct page *p, const char *bytes, size_t n);
void page_put_text(struct page *p, const char *text);
void page_put_byte(struct page *p, char c);
void page_put_count(struct page *p, uint64_t n);
/* Puts \ before each of the special bytes; a line feed becomes \n. */
void page_put_escaped(struct page *p, const char *text, const char *special);
/* Hands out what is in the piece, if anything is. A buffer needs no flush. */
void page_flush(struct page *p);

#pragma GCC visibility pop

#endif

/* SPDX-License-Identifier: MIT
 *
 * negotiate.c - what a client would like: Accept and Accept-Encoding
 *
 * The handout, README.md, leads through the steps.
 */
#include "http.h"

void wish_add(struct wish *w, const char *list, size_t n)
{
    (void)w;
    (void)list;
    (void)n; /* Step 5 */
}

void codings_add(struct codings *c, const char *list, size_t n)
{
    (void)c;
    (void)list;
    (void)n; /* Step 6 */
}

bool codings_take_gzip(const struct codings *c)
{
    (void)c;
    return false; /* Step 6 */
}

bool list_has(const char *list, size_t n, const char *word)
{
    (void)list;
    (void)n;
    (void)word;
    return false; /* Step 3 */
}

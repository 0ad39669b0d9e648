/* SPDX-License-Identifier: MIT
 *
 * answer.c - answers: status line, fields, and the page or a line of text
 *
 * The handout, README.md, leads through the steps.
 */
#include "http.h"

#include "met/error.h"

void maker_free(struct maker *m)
{
    (void)m;
}

void answer_make(struct answer *a, struct maker *m, struct request *r)
{
    (void)m;
    (void)r;
    a->head_length = 0; /* Step 2 */
    a->body_length = 0;
}

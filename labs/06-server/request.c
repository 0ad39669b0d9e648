/* SPDX-License-Identifier: MIT
 *
 * request.c - the head of a request: the request line and the fields
 *
 * The handout, README.md, leads through the steps.
 */
#include "http.h"

size_t request_length(const char *bytes, size_t n, size_t *seen)
{
    (void)bytes;
    (void)n;
    (void)seen;
    return 0; /* Step 2 */
}

struct request request_read(const char *head, size_t n)
{
    (void)head;
    (void)n;
    return (struct request){.status = 400, .close = true}; /* Step 3 */
}

/* SPDX-License-Identifier: MIT
 *
 * fuzz.c - the parser of requests before any bytes, for libFuzzer
 *
 * Whoever can connect can send anything. So the parser must end on any bytes,
 * read nothing beyond them, and find the same head in them however they are
 * cut into pieces. What it takes for a request must look like one.
 */
#include "http.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void need(bool holds)
{
    if (!holds)
        abort();
}

/* As the bytes come in, a piece of `step` bytes at a time. Returns the length
 * of the head, or 0. */
static size_t find_in_pieces(const char *bytes, size_t size, size_t step)
{
    size_t seen = 0;

    for (size_t n = 0; n < size;) {
        n = size - n < step ? size : n + step;
        size_t length = request_length(bytes, n, &seen);
        need(length <= n && (length > 0 || seen == n));
        if (length > 0)
            return length;
    }
    return 0;
}

static void check_fine(const char *head, size_t n, const struct request *r)
{
    need(n > 18 &&
         memcmp(head, r->head ? "HEAD " : "GET ", r->head ? 5 : 4) == 0);
    need(!memchr(head, '\0', n) && memcmp(head + n - 4, "\r\n\r\n", 4) == 0);
    need(memmem(head, n, "/metrics", 8) != NULL);
    need(memmem(head, n, "HTTP/1.", 7) != NULL);
}

/* The head in memory of its own, so that a byte beyond it is an error. */
static void check_head(const char *bytes, size_t n)
{
    char *head = malloc(n);

    if (!head)
        return;
    memcpy(head, bytes, n);
    struct request r = request_read(head, n);
    need(r.status == 200 || r.status == 400 || r.status == 404 ||
         r.status == 405 || r.status == 413);
    need(r.close || (r.status != 400 && r.status != 413));
    need(!(r.close && r.keep_alive));
    need(r.format == MET_TEXT || r.format == MET_OPENMETRICS);
    if (r.status == 200)
        check_fine(head, n, &r);
    free(head);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *bytes = malloc(size + 1); /* not NULL when size is 0 */

    if (!bytes)
        return 0;
    memcpy(bytes, data, size);
    size_t seen = 0, n = request_length(bytes, size, &seen);
    need(n == find_in_pieces(bytes, size, 1));
    need(n == find_in_pieces(bytes, size, 7));
    if (n > 0)
        check_head(bytes, n);
    free(bytes);
    return 0;
}

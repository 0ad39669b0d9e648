/* SPDX-License-Identifier: MIT
 *
 * http_parts.h - what the files of the strict HTTP client share
 */
#ifndef JUDGE_HTTP_PARTS_H
#define JUDGE_HTTP_PARTS_H

#include "http.h"

/* Notes the problem and returns HTTP_WRONG. */
enum http_result http_wrong(struct http_client *c, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Waits for more bytes. HTTP_ENDED: there are none and none come; HTTP_CUT:
 * there are some, and no more come. */
enum http_result http_more(struct http_client *c, int64_t deadline_ms);

/* Forgets the first n bytes. */
void http_drop(struct http_client *c, size_t n);

#endif

/* SPDX-License-Identifier: MIT
 *
 * record.h - the canonical result: abacus/result/1
 *
 * One JSON object; result.schema.json beside this file describes it. It is
 * written whole or not at all.
 */
#ifndef GRADER_RECORD_H
#define GRADER_RECORD_H

#include <jansson.h>
#include <stdbool.h>

/* An empty result. `labs` is filled by the caller. */
json_t *record_start(const char *submission, const char *digest,
                     const char *compiler);

/* Writes the file through a temporary one beside it. On failure says why on
 * standard error and leaves what was there. */
bool record_write(const json_t *result, const char *path);

/* Reads one back; NULL, with a sentence on standard error, when the file is
 * not such a result. */
json_t *record_read(const char *path);

#endif
